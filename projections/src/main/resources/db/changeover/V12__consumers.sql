-- Who was answered by which version, one row for each day (UTC), reason and event of the view that calls were routed by.
create table changeover.consumer_read (
    day         date        not null,
    consumer    text        not null,
    view        text        not null,
    version     integer     not null,
    api_version text        not null,
    reason      text        not null,
    sequence    bigint      not null,
    calls       bigint      not null,
    last_seen   timestamptz not null,
    primary key (day, consumer, view, version, api_version, reason, sequence)
);

create index consumer_read_of_version on changeover.consumer_read (view, version, sequence);

-- The last counts that each node has added, so that a node which was not told whether they arrived can send them again.
create table changeover.consumer_batch (
    node  text primary key,
    batch uuid not null
);

-- By which event of a view each node routed when it told its counts last, and the time before. Times are the database's.
create table changeover.consumer_collection (
    node         text        not null,
    view         text        not null,
    sequence     bigint      not null,
    before       bigint      not null,
    collected_at timestamptz not null,
    due_at       timestamptz not null,
    primary key (node, view)
);
