-- Homes that somebody has had repaired, each written in the transaction that changed its rows: who, when, why, and the rows
-- that were changed before and after, with masks in place of what is sensitive.
create table changeover.repaired_home (
    id          bigint      generated always as identity primary key,
    repair      uuid        not null,
    view        text        not null,
    version     integer     not null,
    home        text        not null,
    -- Not jsonb, which would sort the columns.
    rows_before json        not null,
    rows_after  json        not null,
    actor       text        not null,
    reason      text        not null,
    repaired_at timestamptz not null
);

create index repaired_home_of_view on changeover.repaired_home (view, id);
