-- Whoever may act on a shared matter writes its answer to all of its places, also those outside his own range.
create policy of_matter_read on lx.matter_place for select to rt_office using (
  county = nullif(current_setting('lx.county', true), '')
  and exists (select 1 from lx.matter m where m.county = matter_place.county and m.id = matter_place.matter));
create policy of_matter_update on lx.matter_place for update to rt_office using (
  county = nullif(current_setting('lx.county', true), '')
  and exists (select 1 from lx.matter m where m.county = matter_place.county and m.id = matter_place.matter))
  with check (county = nullif(current_setting('lx.county', true), ''));

-- The sweep of deadlines never reads contact data; what has no policy has no grant either.
revoke select on lx.matter_contact from rt_worker;
