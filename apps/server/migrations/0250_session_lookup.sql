-- The question every request asks: whose session is this, and which offices does that person hold today?
-- One function, so that rt_auth needs no right on people's tables and the answer costs one round trip.

create function lx.session_of(wanted text, at timestamptz, today date) returns json
language plpgsql stable security definer set search_path = pg_catalog, lx as $$
begin
  return (
    select json_build_object(
      'account', a.id, 'username', a.username, 'county', a.county, 'person', p.id, 'name', p.name, 'division', p.division,
      'expiresAt', to_char(s.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'offices', coalesce((
        select json_agg(json_build_object(
          'appointment', o.id, 'post', o.post, 'postTitle', t.title, 'body', b.id, 'bodyName', b.name, 'bodyKind', b.kind,
          'division', b.division, 'divisionName', coalesce(d.name, b.division), 'level', coalesce(d.level, t.level),
          'capabilities', to_json(t.capabilities)) order by o.id)
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
revoke all on function lx.session_of from public;
grant execute on function lx.session_of to rt_auth;
