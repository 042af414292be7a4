-- Nodes that would take segments of a version over from those that have them, and when they last said so.
create table changeover.segment_wish (
    view     text        not null,
    version  integer     not null,
    node     text        not null,
    asked_at timestamptz not null,
    primary key (view, version, node)
);
