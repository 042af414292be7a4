-- Nodes that would take segments of a version over from those that have them, and when they last said so: one of them, or
-- any where the number is -1.
create table changeover.segment_wish (
    view     text        not null,
    version  integer     not null,
    node     text        not null,
    segment  integer     not null,
    asked_at timestamptz not null,
    primary key (view, version, node, segment)
);
