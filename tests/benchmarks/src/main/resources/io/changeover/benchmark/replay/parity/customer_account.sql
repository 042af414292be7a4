-- Each customer from all events that name the customer, without any of the code that is measured.
with stored as materialized (
    select global_index, event_identifier, time_stamp::timestamptz as at, payload_type as name, payload_revision as revision,
        convert_from(payload, 'UTF8')::jsonb as event
    from public.domain_event_entry where type in ('Customer', 'Order', 'Payment')),
happened as materialized (
    select global_index, event_identifier, at, event ->> 'customerId' as customer_id, name,
        case when name <> 'order.line-added' then null
            when revision = '1'
                then (event ->> 'quantityOrdered')::bigint * round((event ->> 'priceEach')::numeric * 100)::bigint
            else (event ->> 'quantity')::bigint * (event -> 'unitPrice' ->> 'minorUnits')::bigint end as ordered,
        case when name = 'order.cancelled' then (event -> 'orderTotal' ->> 'minorUnits')::bigint
            when name = 'order.status-changed' and upper(btrim(event ->> 'status')) = 'CANCELLED'
                then round((event ->> 'orderTotal')::numeric * 100)::bigint end as cancelled,
        case when name <> 'payment.received' then null
            when revision = '1' then round((event ->> 'amount')::numeric * 100)::bigint
            else (event -> 'amount' ->> 'minorUnits')::bigint end as paid,
        case when name not in ('customer.registered', 'customer.contact-changed') then null
            when revision <> '1' then event -> 'contact' ->> 'givenName'
            else coalesce(substring(event ->> 'contact' from '^.*, (.*)$'), '') end as given_name,
        case when name not in ('customer.registered', 'customer.contact-changed') then null
            when revision <> '1' then event -> 'contact' ->> 'familyName'
            else coalesce(substring(event ->> 'contact' from '^(.*), .*$'), event ->> 'contact') end as family_name,
        event ->> 'phone' as phone,
        case when name <> 'customer.credit-limit-set' then null
            when revision = '1' then round((event ->> 'creditLimit')::numeric * 100)::bigint
            else (event -> 'limit' ->> 'minorUnits')::bigint end as credit_limit
    from stored),
registered as (
    select event ->> 'customerId' as customer_id, event ->> 'name' as customer_name,
        case when revision = '3' then event -> 'address' ->> 'country' else event ->> 'country' end as country
    from stored where name = 'customer.registered'),
summed as (
    select customer_id,
        count(*) filter (where name = 'order.placed')::int as order_count,
        coalesce(sum(ordered), 0)::bigint as ordered,
        coalesce(sum(cancelled), 0)::bigint as cancelled,
        coalesce(sum(paid), 0)::bigint as paid,
        max(at) as last_activity,
        max(global_index) as last_position,
        max(global_index) filter (where phone is not null) as last_contact,
        max(global_index) filter (where credit_limit is not null) as last_limit
    from happened group by customer_id)
select registered.customer_id, registered.customer_name, contact.given_name as contact_given_name,
    contact.family_name as contact_family_name, contact.phone, registered.country, summed.order_count,
    summed.ordered as ordered_minor_units, summed.cancelled as cancelled_minor_units, summed.paid as paid_minor_units,
    summed.ordered - summed.cancelled - summed.paid as balance_minor_units,
    credit.credit_limit as credit_limit_minor_units, summed.last_activity,
    final.global_index as _position, final.event_identifier::text as _event_id
from registered
    join summed using (customer_id)
    join happened final on final.global_index = summed.last_position
    join happened contact on contact.global_index = summed.last_contact
    left join happened credit on credit.global_index = summed.last_limit
