-- By which code the rows of each version were made, part by part: its folds, how they choose a row, the shape of the rows.
create table changeover.fold_fingerprint (
    view        text        not null,
    version     integer     not null,
    part        text        not null,
    fingerprint text        not null,
    -- Whether code with another fingerprint has made rows since.
    mixed       boolean     not null,
    recorded_at timestamptz not null,
    primary key (view, version, part)
);
