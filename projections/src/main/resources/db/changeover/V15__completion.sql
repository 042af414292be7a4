-- A version that was given up can be purged: it is built, but follows nothing, and its table has another name.
alter table changeover.view_version drop constraint view_version_state_check;
alter table changeover.view_version add constraint view_version_state_check
    check (state in ('BACKFILLING', 'PAUSED', 'CANCELLED', 'INCOMPLETE', 'LIVE', 'FAILED', 'PURGED'));

-- How far the end of versions has been carried out. What is decided is in the events of the view; this is what was done.
create table changeover.completion (
    view          text        not null,
    version       integer     not null,
    stage         text        not null check (stage in ('HELD', 'PURGED', 'DROPPED')),
    -- The changeover that has replaced the version.
    changeover    text        not null,
    -- Number of the view's event that the node went by, so that one that is behind takes nothing back.
    sequence      bigint      not null,
    -- Where the version stood before it was purged.
    kept_state    text,
    -- Without its schema; null for a version whose tables are the team's own.
    kept_table    text,
    -- Former names of its indexes, by those that they have now.
    kept_indexes  jsonb       not null default '{}',
    node          text        not null,
    carried_out_at timestamptz not null default clock_timestamp(),
    primary key (view, version)
);
