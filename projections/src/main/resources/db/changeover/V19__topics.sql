-- Topics that were published to. How far each is, the token store says.
create table changeover.topic (
    name varchar(200) primary key,
    -- what the brokers call it, so that one that was removed and made anew is not taken for it
    identifier varchar(100),
    begun_at timestamptz,
    -- why it does not get on, as the node that publishes it has found
    failure text,
    failed_at timestamptz
);

-- Events that a topic goes on without, because somebody has said so.
create table changeover.topic_skip (
    topic varchar(200) not null,
    position bigint not null,
    actor varchar(100) not null,
    reason varchar(2000) not null,
    at timestamptz not null,
    primary key (topic, position)
);
