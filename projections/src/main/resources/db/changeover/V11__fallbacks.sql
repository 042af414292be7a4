-- How calls of the new version of a changeover ended, on each node, over all its starts.
create table changeover.fallback_count (
    changeover_id   text        not null,
    version         integer     not null,
    node            text        not null,
    view            text        not null,
    answered        bigint      not null default 0,
    failed          bigint      not null default 0,
    timed_out       bigint      not null default 0,
    busy            bigint      not null default 0,
    shed            bigint      not null default 0,
    refused_by_both bigint      not null default 0,
    interrupted     bigint      not null default 0,
    first_at        timestamptz not null default clock_timestamp(),
    last_at         timestamptz not null default clock_timestamp(),
    primary key (changeover_id, version, node)
);
