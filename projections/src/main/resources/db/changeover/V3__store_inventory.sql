-- Which revisions of which events the store holds, counted up to a position.
create table changeover.stored_revision (
    event_name     text   not null,
    revision       text,
    events         bigint not null,
    first_position bigint not null,
    last_position  bigint not null,
    -- An event without revision is not one whose revision is the empty text, and both occur.
    unique nulls not distinct (event_name, revision)
);

-- One row, which whoever counts locks. Both tables emptied but for position 0 here, everything is counted anew.
create table changeover.stored_revision_progress (
    only_row boolean primary key default true check (only_row),
    position bigint  not null
);

insert into changeover.stored_revision_progress (position) values (0);

-- Made once, so that stand-ins for sensitive values are the same each time and yet cannot be worked out elsewhere.
create table changeover.store_secret (
    only_row boolean primary key default true check (only_row),
    value    bigint  not null
);

insert into changeover.store_secret (value) values (hashtextextended(gen_random_uuid()::text, 0));
