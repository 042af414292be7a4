-- What a changeover that is over was like: kept, because some of what a report is made from is not kept for ever. Written
-- again while nodes may still tell figures late, and when a changeover was reopened and ends another time.
create table changeover.report (
    changeover   text        not null primary key,
    view         text        not null,
    outcome      text        not null check (outcome in ('completed', 'aborted')),
    ended_at     timestamptz not null,
    -- Number of the view's last event that the report knows.
    last_event   bigint      not null,
    written_at   timestamptz not null,
    -- Not jsonb, which would sort the fields.
    document     json        not null
);

create index report_of_view on changeover.report (view, ended_at);
