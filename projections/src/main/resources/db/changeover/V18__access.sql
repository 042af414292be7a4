-- People who operate, and the tokens of programs. Only hashes are kept, of passwords and of tokens.
create table changeover.person (
    name varchar(100) primary key,
    password varchar(200) not null,
    roles varchar(100)[] not null,
    -- the password was made by somebody else, so that it is good for nothing but choosing another
    must_change boolean not null default false,
    disabled boolean not null default false,
    created_at timestamptz not null,
    created_by varchar(100) not null
);

create table changeover.access_token (
    id uuid primary key,
    name varchar(100) not null,
    hash bytea not null unique,
    roles varchar(100)[] not null,
    -- views that it is for, or null for all
    views varchar(200)[],
    created_at timestamptz not null,
    created_by varchar(100) not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    revoked_by varchar(100),
    last_used_at timestamptz
);

-- Who was let in or not, and who gave whom which right: what is no event of a changeover.
create table changeover.access_entry (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    actor varchar(100) not null,
    action varchar(100) not null,
    subject varchar(200) not null,
    detail varchar(1000) not null default ''
);
create index access_entry_at on changeover.access_entry (at desc, id desc);
