-- Comparisons of two versions that go on range by range. Progress and what a range found are committed together.
create table changeover.comparison (
    id            uuid        not null primary key,
    view          text        not null,
    left_version  integer     not null,
    right_version integer     not null,
    -- Components of the canonical record when it began, in order: json keeps that order, which jsonb does not.
    keys          text[]      not null,
    components    text[]      not null,
    state         text        not null check (state in ('RUNNING', 'DONE', 'CANCELLED', 'FAILED')),
    -- Who works on it; the claim is new with each start and each takeover, so that a former owner can commit nothing.
    node          text        not null,
    claim         uuid        not null,
    heard_at      timestamptz not null,
    actor         text        not null,
    reason        text        not null,
    progress      json,
    report        json,
    note          text,
    failure       text,
    started_at    timestamptz not null,
    ended_at      timestamptz
);

create unique index comparison_running on changeover.comparison (view, left_version, right_version)
    where state = 'RUNNING';
create index comparison_of_view on changeover.comparison (view, started_at);

-- Without a foreign key, which would be checked for each of a million rows; they are removed together. The claim is part
-- of the key so that rows which a former owner has written and can never commit stand in nobody's way.
create table changeover.comparison_difference (
    comparison   uuid   not null,
    number       bigint not null,
    claim        uuid   not null,
    kind         text   not null check (kind in ('MISSING', 'EXTRA', 'DIFFERENT')),
    home         text   not null,
    key          text[] not null,
    fields       text[] not null,
    left_record  jsonb,
    right_record jsonb,
    primary key (comparison, number, claim)
);
