-- What was found when calls were asked of the other version too, summed over nodes and restarts; anew for each changeover.
create table changeover.shadow_read (
    view       text        not null,
    changeover text        not null,
    method     text        not null,
    serving    integer     not null,
    shadow     integer     not null,
    -- same, noise, in-flight, different, kind:<kind of difference>, floor, floor-noise, not-comparable, dropped:<why>
    outcome    text        not null,
    calls      bigint      not null,
    last_at    timestamptz not null,
    primary key (view, changeover, method, serving, shadow, outcome)
);

-- The latest calls that were answered differently. Sides are json and not jsonb, which would forget the order of the
-- fields and refuse some texts. Sensitive values and arguments are masked before they come here.
create table changeover.shadow_difference (
    id             bigint generated always as identity primary key,
    view           text        not null,
    changeover     text        not null,
    method         text        not null,
    serving        integer     not null,
    shadow         integer     not null,
    kinds          text[]      not null,
    arguments      json        not null,
    old_answer     json,
    new_answer     json,
    failure        text,
    old_position   bigint,
    new_position   bigint,
    node           text        not null,
    at             timestamptz not null
);

create index shadow_difference_of_view on changeover.shadow_difference (view, changeover, id desc);
