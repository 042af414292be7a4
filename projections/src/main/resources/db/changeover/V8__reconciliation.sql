-- How far two versions of a view have been compared since, key by touched key, and who does it.
create table changeover.reconciliation (
    view                text        not null,
    left_version        integer     not null,
    right_version       integer     not null,
    -- Whatever events up to here have touched was compared, or is waiting; null before the first look.
    position            bigint,
    -- When the versions had last been built or mended; once they are built anew, nothing compared before counts.
    left_built_at       timestamptz,
    right_built_at      timestamptz,
    -- Homes that could not be compared and that no later event need touch.
    waiting             text[]      not null default '{}',
    full_wanted         boolean     not null default true,
    rows_compared       bigint      not null default 0,
    -- Rows that differ and are not kept below, since there are too many.
    more                bigint      not null default 0,
    alerting            boolean     not null default false,
    last_incremental_at timestamptz,
    last_full_at        timestamptz,
    last_full_verdict   text,
    failure             text,
    due_at              timestamptz not null default clock_timestamp(),
    claimed_by          text,
    claimed_until       timestamptz,
    primary key (view, left_version, right_version)
);

-- Rows that are not the same on both sides, as they were when last seen. Records are json and not jsonb, which would
-- forget the order of the fields and refuse some texts. Sensitive values are masked before they come here.
create table changeover.drift (
    view          text        not null,
    left_version  integer     not null,
    right_version integer     not null,
    home          text        not null,
    key           text[]      not null,
    kind          text        not null,
    fields        text[]      not null,
    left_record   json,
    right_record  json,
    since         timestamptz not null,
    seen          timestamptz not null,
    primary key (view, left_version, right_version, key)
);

create index drift_home on changeover.drift (view, left_version, right_version, home);
