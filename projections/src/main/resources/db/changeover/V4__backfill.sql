-- Where in the store the events of each name lie: how many of them each block of 1,024 positions holds. Tells what a
-- backfill has to read, exactly, and which stretches hold nothing for it.
create table changeover.stored_block (
    event_name text    not null,
    block      bigint  not null,
    events     integer not null,
    primary key (event_name, block)
);

-- Everything is counted anew, now by block too.
delete from changeover.stored_revision;
update changeover.stored_revision_progress set position = 0;

-- A version whose events wait as dead letters is incomplete; one that a person stopped stays stopped.
alter table changeover.view_version drop constraint view_version_state_check;
alter table changeover.view_version add constraint view_version_state_check
    check (state in ('BACKFILLING', 'PAUSED', 'CANCELLED', 'INCOMPLETE', 'LIVE', 'FAILED'));

-- How far a backfill had come in memory when it was last heard of, so that a resumed one can say what it repeats.
alter table changeover.view_version add column reached bigint not null default 0;
