-- What was estimated about backfills before they began, and what they really took, so that the next estimate can say how
-- far off those before it were.
create table changeover.estimate (
    id                uuid             primary key,
    view              text             not null,
    version           integer          not null,
    made_at           timestamptz      not null,
    events            bigint           not null,
    -- As measured, before it was corrected by what became of those before it.
    measured_seconds  double precision not null,
    estimated_seconds double precision not null,
    estimated_rows    bigint           not null,
    estimated_bytes   bigint           not null,
    actual_seconds    double precision,
    actual_rows       bigint,
    actual_bytes      bigint,
    ended_at          timestamptz
);

create index estimate_of_version on changeover.estimate (view, version, made_at);
