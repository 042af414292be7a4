-- The event at which a topic waits.
alter table changeover.topic add waits_at bigint;

-- Events that another application appended, carried here from its topic under the positions that they have there.
create table changeover.mirrored_event (
    global_index bigint primary key,
    aggregate_identifier varchar(255) not null,
    sequence_number bigint not null,
    type varchar(255),
    event_identifier varchar(255) not null,
    meta_data bytea,
    payload bytea not null,
    payload_revision varchar(255),
    payload_type varchar(255) not null,
    time_stamp varchar(255) not null
);

create index mirrored_event_aggregate on changeover.mirrored_event (aggregate_identifier, sequence_number);

create trigger mirrored_events_never_change
    before update or delete on changeover.mirrored_event
    for each row execute function changeover.refuse_event_change();

create trigger mirrored_events_never_vanish
    before truncate on changeover.mirrored_event
    for each statement execute function changeover.refuse_event_change();

alter table changeover.mirrored_event enable always trigger mirrored_events_never_change;
alter table changeover.mirrored_event enable always trigger mirrored_events_never_vanish;

-- The one topic from which they come.
create table changeover.mirror (
    only_one boolean primary key default true check (only_one),
    topic varchar(200) not null,
    -- what the brokers call it, so that one that was removed and made anew is not taken for it
    identifier varchar(100),
    begun_at timestamptz not null,
    failure text,
    failed_at timestamptz,
    -- the record at which it waits
    waits_partition int,
    waits_offset bigint
);

-- How far its partitions, and that of its marks, have been carried: written in the transaction of the events.
create table changeover.mirror_partition (
    topic varchar(250) not null,
    partition int not null,
    next_offset bigint not null,
    -- records after that, as the node saw it that wrote this
    behind bigint not null default 0,
    node varchar(255),
    primary key (topic, partition)
);

-- Up to which position everything is here, once each partition has been carried up to its offset.
create table changeover.mirror_mark (
    position bigint primary key,
    offsets bigint[] not null
);

-- Records that were left out, because somebody has said so.
create table changeover.mirror_skip (
    partition int not null,
    record_offset bigint not null,
    actor varchar(100) not null,
    reason varchar(2000) not null,
    at timestamptz not null,
    primary key (partition, record_offset)
);
