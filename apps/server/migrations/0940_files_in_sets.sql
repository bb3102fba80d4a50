-- The file of a matter is said once, as a view: whoever reads many files (a rebuild, a report) reads them as one set, where a call of the
-- function for each cost four times the work.
create view lx.matter_files with (security_invoker = true) as
  select m.county, m.id, jsonb_build_object(
    'matter', to_jsonb(m),
    'acts', (select coalesce(jsonb_agg(to_jsonb(a) order by a.seq), '[]') from lx.act a where a.county = m.county and a.matter = m.id),
    'children', (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'number', c.number, 'subject', c.subject, 'state', c.state, 'wait', c.wait,
      'openedBy', c.opened_by_act, 'endedAt', c.ended_at, 'holderBody', c.holder_body) order by c.opened_at, c.id), '[]')
      from lx.matter c where c.county = m.county and c.parent = m.id)) as file
  from lx.matter m;
comment on view lx.matter_files is 'each matter with its acts and sub-matters, under the rights of the caller';
grant select on lx.matter_files to rt_office, rt_worker, rt_resident;

create or replace function lx.matter_file(p_county text, p_id uuid) returns jsonb language sql stable security invoker set search_path = pg_catalog, lx as $$
  select f.file from lx.matter_files f where f.county = p_county and f.id = p_id
$$;
