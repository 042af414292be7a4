-- Each order from its own events, without any of the code that is measured.
with stored as materialized (
    select global_index, event_identifier, time_stamp::timestamptz as at, payload_type as name, payload_revision as revision,
        convert_from(payload, 'UTF8')::jsonb as event
    from public.domain_event_entry where type = 'Order'),
happened as materialized (
    select global_index, event_identifier, at, event ->> 'orderId' as order_id, name,
        case name
            when 'order.shipped' then 'SHIPPED'
            when 'order.cancelled' then 'CANCELLED'
            when 'order.put-on-hold' then 'ON_HOLD'
            when 'order.disputed' then 'DISPUTED'
            when 'order.resolved' then 'RESOLVED'
            when 'order.status-changed' then replace(upper(btrim(event ->> 'status')), ' ', '_')
        end as status,
        (case name when 'order.shipped' then event ->> 'shippedOn' when 'order.status-changed' then event ->> 'date' end)::date
            as shipped_on,
        case when name <> 'order.line-added' then null
            when revision = '1' then (event ->> 'quantityOrdered')::int else (event ->> 'quantity')::int end as quantity,
        case when name <> 'order.line-added' then null
            when revision = '1' then round((event ->> 'priceEach')::numeric * 100)::bigint
            else (event -> 'unitPrice' ->> 'minorUnits')::bigint end as price
    from stored),
placed as (
    select event ->> 'orderId' as order_id,
        event ->> 'customerId' as customer_id,
        event ->> 'customerName' as customer_name,
        case when revision <> '1' then event -> 'contact' ->> 'givenName'
            else coalesce(substring(event ->> 'contact' from '^.*, (.*)$'), '') end as contact_given_name,
        case when revision <> '1' then event -> 'contact' ->> 'familyName'
            else coalesce(substring(event ->> 'contact' from '^(.*), .*$'), event ->> 'contact') end as contact_family_name,
        (event ->> 'orderDate')::date as order_date,
        (event ->> 'requiredDate')::date as required_date,
        case when revision <> '1' then event ->> 'currency' else 'USD' end as currency
    from stored where name = 'order.placed'),
summed as (
    select order_id,
        count(*) filter (where name = 'order.line-added')::int as line_count,
        coalesce(sum(quantity), 0)::int as piece_count,
        coalesce(sum(quantity * price), 0)::bigint as total_minor_units,
        max(global_index) as last_position,
        max(global_index) filter (where status is not null) as last_status,
        max(global_index) filter (where status = 'SHIPPED') as last_shipping
    from happened group by order_id)
select placed.order_id, placed.customer_id, placed.customer_name, placed.contact_given_name, placed.contact_family_name,
    placed.order_date, placed.required_date, shipping.shipped_on as shipped_date,
    coalesce(latest.status, 'IN_PROCESS') as status, summed.line_count, summed.piece_count, summed.total_minor_units,
    placed.currency, final.at as changed_at, final.global_index as _position, final.event_identifier::text as _event_id
from placed
    join summed using (order_id)
    join happened final on final.global_index = summed.last_position
    left join happened latest on latest.global_index = summed.last_status
    left join happened shipping on shipping.global_index = summed.last_shipping
