-- The nodes of the application, so that it can be said which of them route by a decision and which have not yet.
create table changeover.node (
    node       text        primary key,
    started_at timestamptz not null,
    seen_at    timestamptz not null,
    stopped_at timestamptz,
    serves     jsonb       not null default '{}'
);

alter table changeover.node_acknowledgement add column position bigint not null default 0;
