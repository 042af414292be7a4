-- Each order line from its own event and what became of its order, without any of the code that is measured.
with stored as materialized (
    select global_index, event_identifier, payload_type as name, payload_revision as revision,
        convert_from(payload, 'UTF8')::jsonb as event
    from public.domain_event_entry where type = 'Order'),
became as materialized (
    select global_index, event_identifier, event ->> 'orderId' as order_id,
        case name
            when 'order.shipped' then 'SHIPPED'
            when 'order.cancelled' then 'CANCELLED'
            when 'order.put-on-hold' then 'ON_HOLD'
            when 'order.disputed' then 'DISPUTED'
            when 'order.resolved' then 'RESOLVED'
            when 'order.status-changed' then replace(upper(btrim(event ->> 'status')), ' ', '_')
        end as status,
        (case name when 'order.shipped' then event ->> 'shippedOn' when 'order.status-changed' then event ->> 'date' end)::date
            as shipped_on
    from stored where name not in ('order.placed', 'order.line-added')),
outcome as (
    select order_id, max(global_index) as last_status, max(global_index) filter (where status = 'SHIPPED') as last_shipping
    from became group by order_id),
line as (
    select global_index, event_identifier, event ->> 'orderId' as order_id, (event ->> 'lineNumber')::int as line_number,
        event ->> 'customerId' as customer_id, event ->> 'productCode' as product_code,
        case when revision = '1' then (event ->> 'quantityOrdered')::int else (event ->> 'quantity')::int end as quantity,
        case when revision = '1' then round((event ->> 'priceEach')::numeric * 100)::bigint
            else (event -> 'unitPrice' ->> 'minorUnits')::bigint end as price,
        case when revision = '1' then 'USD' else event -> 'unitPrice' ->> 'currency' end as currency,
        (event ->> 'orderDate')::date as order_date
    from stored where name = 'order.line-added')
select line.order_id, line.line_number, line.customer_id, line.product_code, line.quantity,
    line.price as unit_price_minor_units, line.quantity * line.price as total_minor_units, line.currency, line.order_date,
    shipping.shipped_on as shipped_date, coalesce(latest.status, 'IN_PROCESS') as status,
    coalesce(latest.global_index, line.global_index) as _position,
    coalesce(latest.event_identifier, line.event_identifier)::text as _event_id
from line
    left join outcome using (order_id)
    left join became latest on latest.global_index = outcome.last_status
    left join became shipping on shipping.global_index = outcome.last_shipping
