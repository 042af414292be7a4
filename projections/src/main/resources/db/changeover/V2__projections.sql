-- Where each view version stands. How far it has come is not here: Axon's token store is the one record of progress.
create schema if not exists views;

create table changeover.view_version (
    view       text        not null,
    version    integer     not null,
    state      text        not null check (state in ('BACKFILLING', 'LIVE', 'FAILED')),
    horizon    bigint      not null,
    failure    text,
    updated_at timestamptz not null,
    primary key (view, version)
);

-- Events whose fold failed, as stored, so that a retry reads them with today's steps and classes.
create table changeover.dead_letter (
    view           text        not null,
    version        integer     not null,
    home           text        not null,
    position       bigint      not null,
    event_id       text        not null,
    aggregate_type text,
    aggregate_id   text        not null,
    sequence       bigint      not null,
    event_name     text        not null,
    revision       text,
    payload        bytea       not null,
    metadata       bytea       not null,
    event_time     timestamptz not null,
    cause          text        not null,
    parked_at      timestamptz not null,
    attempts       integer     not null,
    primary key (view, version, home, position)
);

-- Which nodes route by which state of a view.
create table changeover.node_acknowledgement (
    node            text        not null,
    view            text        not null,
    sequence        bigint      not null,
    acknowledged_at timestamptz not null,
    primary key (node, view)
);
