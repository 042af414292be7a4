-- What had been counted when a step of a plan began, so that every node judges the same calls.
create table changeover.gate_baseline (
    changeover_id text        not null,
    since         timestamptz not null,
    measure       text        not null,
    calls         bigint      not null,
    bad           bigint      not null,
    kept_at       timestamptz not null default clock_timestamp(),
    primary key (changeover_id, since, measure)
);

-- Which node carries the changeover of a view forward, and what it did last or waits for. Times are the database's.
create table changeover.autopilot (
    view          text        primary key,
    node          text,
    claim         bigint      not null default 1,
    claimed_at    timestamptz not null default clock_timestamp(),
    seen_at       timestamptz not null default clock_timestamp(),
    changeover_id text,
    phase         text,
    percent       integer,
    looked_at     timestamptz,
    waits_for     text        not null default '',
    moved         text,
    moved_at      timestamptz,
    readings      jsonb       not null default '[]'
);
