-- What rules open to everybody: ledgers of registers that a pack makes public, and the course of matters whose procedure opens it 过程公开.
-- Records and acts stay closed to visitors; these two functions hand out what the rule in force says, and nothing else of a row.

create function lx.public_records(p_hash bytea, p_register text, p_village text)
returns table (id uuid, division text, fields jsonb, since date, recorded_at timestamptz)
language sql stable security definer set search_path = pg_catalog, lx as $$
  with rule as materialized (
    select e.rule -> 'rule' as body from lx.pack_version v, jsonb_array_elements(v.body -> 'rules') as e (rule)
    where v.hash = p_hash and e.rule ->> 'kind' = 'register' and e.rule ->> 'id' = p_register
      and e.rule -> 'rule' ->> 'of' not in ('person', 'household')
      and exists (select 1 from jsonb_array_elements(e.rule -> 'rule' -> 'ledgers') as l (ledger) where l.ledger ->> 'seenBy' = 'public')
      and exists (select 1 from lx.pack_activation a where a.county = nullif(current_setting('lx.county', true), '') and a.version_hash = v.hash)
  )
  select r.id, r.division,
    (select coalesce(jsonb_object_agg(f.key, f.value), '{}') from jsonb_each(r.fields) as f
     where exists (select 1 from jsonb_array_elements(rule.body -> 'fields') as d (field)
       where d.field ->> 'id' = f.key and coalesce(d.field ->> 'personal', 'false') <> 'true'
         and d.field ->> 'type' not in ('phone', 'person', 'file', 'files'))),
    r.since, r.recorded_at
  from (select body from rule limit 1) as rule, lx.record r
  where r.county = nullif(current_setting('lx.county', true), '') and r.register = p_register and r.ended_on is null
    and left(p_village, 6) = r.county
    and (r.division = p_village or r.division like p_village || '-%'
      or r.division in (left(p_village, 9) || '000', left(p_village, 6) || '000000'))
  order by r.id limit 2000
$$;
comment on function lx.public_records(bytea, text, text) is 'records of a village and those above it that a public ledger shows, without personal fields; definer, because visitors have no grant on records';
revoke execute on function lx.public_records(bytea, text, text) from public;
grant execute on function lx.public_records(bytea, text, text) to rt_public, rt_resident;

create function lx.open_matters(p_village text, p_procedures text[])
returns table (id uuid, number text, subject text, kind text, procedure text, pack_hash text, opened_on text, state text, result text,
  settled boolean, stage text, ended_at timestamptz, updated_at timestamptz, acts jsonb)
language sql stable security definer set search_path = pg_catalog, lx as $$
  with mine as materialized (
    select m.* from lx.matter m
    where m.county = nullif(current_setting('lx.county', true), '') and left(p_village, 6) = m.county and m.village = p_village
      and m.barred is null and m.procedure = any (p_procedures)
    order by m.opened_at desc, m.id desc limit 200
  ), rule as materialized (
    select p.pack_hash, p.procedure, e.rule -> 'rule' -> 'privacy' -> 'public' as open
    from (select distinct pack_hash, procedure from mine) as p
    join lx.pack_version v on v.hash = p.pack_hash
    cross join lateral jsonb_array_elements(v.body -> 'rules') as e (rule)
    where e.rule ->> 'kind' = 'procedure' and e.rule ->> 'id' = p.procedure and e.rule -> 'rule' -> 'privacy' ->> 'process' = 'true'
  )
  select m.id, m.number, m.subject, m.kind, m.procedure, encode(m.pack_hash, 'hex'), to_char(m.opened_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD'),
    m.state, m.result, m.settled, m.stage, m.ended_at, m.updated_at,
    (select coalesce(jsonb_agg(jsonb_build_object('seq', a.seq, 'act', a.act, 'stage', a.stage, 'at', a.occurred_at, 'body', b.name,
        'fields', (select coalesce(jsonb_object_agg(f.key, f.value), '{}') from jsonb_each(a.body) as f
          where rule.open ? f.key or f.key in ('present', 'present-online', 'households-present', 'approve', 'against', 'abstain')))
        order by a.seq), '[]')
     from lx.act a left join lx.body b on b.county = a.county and b.id = a.office_body
     where a.county = m.county and a.matter = m.id and a.actor_kind <> 'resident')
  from mine m join lateral (select * from rule r where r.pack_hash = m.pack_hash and r.procedure = m.procedure limit 1) as rule on true
  order by m.opened_at desc, m.id desc
$$;
comment on function lx.open_matters(text, text[]) is 'matters of a village whose procedure opens its course: steps, dates, bodies, figures of votes and public fields, never a person; definer, because visitors have no grant on matters';
revoke execute on function lx.open_matters(text, text[]) from public;
grant execute on function lx.open_matters(text, text[]) to rt_public, rt_resident;
