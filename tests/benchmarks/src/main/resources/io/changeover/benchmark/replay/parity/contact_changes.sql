-- Each customer whose contact has changed, without any of the code that is measured.
with changed as materialized (
    select global_index, event_identifier, time_stamp::timestamptz as at, event ->> 'customerId' as customer_id,
        event ->> 'phone' as phone,
        case when revision <> '1' then event -> 'contact' ->> 'familyName'
            else coalesce(substring(event ->> 'contact' from '^(.*), .*$'), event ->> 'contact') end as family_name
    from (
        select global_index, event_identifier, time_stamp, payload_revision as revision,
            convert_from(payload, 'UTF8')::jsonb as event
        from public.domain_event_entry where payload_type = 'customer.contact-changed') stored),
summed as (select customer_id, count(*)::int as changes, max(global_index) as last_position from changed group by customer_id)
select summed.customer_id, summed.changes, final.family_name, final.phone, final.at as changed_at,
    final.global_index as _position, final.event_identifier::text as _event_id
from summed join changed final on final.global_index = summed.last_position
