-- How far the events of a view have been looked through for effects. One row for all versions of the view, so that
-- nothing can be given to two of them.
create table changeover.fence (
    view           text        primary key,
    position       bigint      not null,
    acting_version integer     not null,
    -- Position of the event that has made this version the one that acts, or the position at which the fence began.
    acting_since   bigint      not null,
    moved_at       timestamptz not null default clock_timestamp()
);

-- What events have caused in the outside world, or are to cause. Written with the position of the fence, and never given
-- to another version afterwards. Times are the database's.
create table changeover.effect (
    view          text        not null,
    position      bigint      not null,
    name          text        not null,
    version       integer     not null,
    -- Place among the effects of the event.
    ordinal       integer     not null,
    event_id      text        not null,
    aggregate_id  text        not null,
    state         text        not null default 'pending'
        check (state in ('pending', 'done', 'failed', 'skipped', 'compensating', 'compensated', 'uncompensated')),
    attempts      integer     not null default 0,
    due_at        timestamptz not null default clock_timestamp(),
    -- Sensitive values of the event are masked before they come here.
    failure       text,
    claimed_by    text,
    claimed_until timestamptz,
    changed_at    timestamptz not null default clock_timestamp(),
    -- Who has retried or skipped it last, and why.
    decided_by    text,
    reason        text,
    primary key (view, position, name)
);

create index effect_open on changeover.effect (view, aggregate_id, position)
    where state in ('pending', 'failed', 'compensating', 'uncompensated');

create index effect_due on changeover.effect (position, ordinal) where state in ('pending', 'compensating');

create index effect_over on changeover.effect (changed_at) where state in ('done', 'skipped', 'compensated');
