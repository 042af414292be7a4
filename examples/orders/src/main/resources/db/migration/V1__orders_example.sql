-- Progress of the import. One row for each source, advanced in the transaction of each batch.
create table orders_import (
    source     text   primary key,
    plan       text   not null,
    next_index bigint not null check (next_index >= 0)
);

-- Rows of the source that could not be taken over, with the reason.
create table orders_import_rejected (
    copy         integer not null,
    source_table text    not null,
    source_key   text    not null,
    reason       text    not null,
    source_row   jsonb   not null
);

-- Progress of the live traffic. One row, advanced in the transaction of each step.
create table orders_traffic (
    name       text   primary key,
    seed       bigint not null,
    next_index bigint not null check (next_index >= 1)
);

-- What the reporting team maintains. Nothing here writes to it but the load that stands in for theirs.
create schema legacy;

create table legacy.orderfact (
    order_number      text           not null,
    order_line_number integer        not null,
    product_code      text           not null,
    quantity_ordered  integer        not null,
    price_each        numeric(31, 7) not null,
    total_price       double precision not null,
    order_date        timestamp      not null,
    required_date     timestamp      not null,
    shipped_date      timestamp      not null,
    status            text           not null,
    comments          text,
    customer_number   text           not null,
    primary key (order_number, order_line_number)
);

-- The position of the event store at which copies of the table were loaded.
create table legacy.orderfact_load (
    copies   integer primary key,
    position bigint  not null
);
