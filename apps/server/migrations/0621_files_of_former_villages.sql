-- A session also says which ended bodies an office answers for, and which divisions' files it took over (merge, split).

create function lx.divisions_before(wanted text, today date) returns text[]
language sql stable security definer set search_path = pg_catalog, lx as $$
  with recursive villages (code) as (
    select s.code from lx.division_successor s where s.successor = wanted and s.takes_files and s.valid_from <= today
    union
    select s.code from villages v join lx.division_successor s on s.successor = v.code and s.takes_files and s.valid_from <= today)
  select coalesce(array_agg(code order by code), '{}') from (
    select code from villages
    union
    select d.code from villages v join lx.division d on d.code > v.code || '-' and d.code < v.code || ':') found
  where code <> wanted
$$;
comment on function lx.divisions_before is 'reviewed: codes of divisions, public facts; as owner only because the log-in role asks it too';
revoke all on function lx.divisions_before from public;
grant execute on function lx.divisions_before to rt_auth, rt_office;

create function lx.bodies_before(in_county text, wanted uuid, today date) returns json
language sql stable security definer set search_path = pg_catalog, lx as $$
  with recursive ended (body) as (
    select s.body from lx.body_successor s where s.county = in_county and s.successor = wanted and s.valid_from <= today
    union
    select s.body from ended e join lx.body_successor s on s.county = in_county and s.successor = e.body and s.valid_from <= today)
  select coalesce(json_agg(json_build_object('body', b.id, 'division', b.division) order by b.id), '[]'::json)
  from ended e join lx.body b on b.county = in_county and b.id = e.body
$$;
comment on function lx.bodies_before is 'reviewed: ids and divisions of bodies, which every office of the county reads; as owner because the log-in role asks it';
revoke all on function lx.bodies_before from public;
grant execute on function lx.bodies_before to rt_auth;

create or replace function lx.session_of(wanted text, at timestamptz, today date) returns json
language plpgsql stable security definer set search_path = pg_catalog, lx set plan_cache_mode = 'force_generic_plan' as $$
begin
  return (
    select json_build_object(
      'account', a.id, 'username', a.username, 'county', a.county, 'person', p.id, 'name', p.name, 'division', p.division,
      'expiresAt', to_char(s.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'offices', coalesce((
        select json_agg(json_build_object(
          'appointment', o.id, 'post', o.post, 'postTitle', t.title, 'body', b.id, 'bodyName', b.name, 'bodyKind', b.kind,
          'division', b.division, 'divisionName', coalesce(d.name, b.division), 'level', coalesce(d.level, t.level),
          'capabilities', to_json(t.capabilities),
          'before', to_json(lx.divisions_before(b.division, today)), 'standsFor', lx.bodies_before(a.county, b.id, today)) order by o.id)
        from lx.appointment o
        join lx.post t on t.id = o.post
        join lx.body b on b.county = o.county and b.id = o.body
        left join lx.division d on d.code = b.division
        where o.county = a.county and o.person = a.person and o.valid_from <= today and (o.valid_to is null or o.valid_to > today)
          and (b.valid_to is null or b.valid_to > today)), '[]'::json))
    from lx.session s
    join lx.account a on a.id = s.account_id
    join lx.person p on p.county = a.county and p.id = a.person
    where s.token = wanted and s.expires_at > at and a.disabled_at is null);
end $$;
comment on function lx.session_of is 'reviewed: answers only for a token that exists, is not expired and whose account is not disabled';
