-- What an office may write is said twice from here on: by the commands, in words that a person understands, and by the tables, so that a
-- slip in a command opens nothing. The access matrix (docs/access/access.matrix.csv) is asked on both sides and must agree.

do $$
declare
  one record;
begin
  for one in select * from (values
    ('appointment', 'appoint'), ('establishment', 'appoint'), ('party_membership', 'appoint'),
    ('body', 'keep-bodies'), ('body_link', 'keep-bodies'), ('office_management', 'keep-bodies'),
    ('place', 'keep-places'), ('service_room', 'keep-places'), ('service_room_task', 'keep-places'),
    ('organisation', 'keep-places'), ('organisation_link', 'keep-places'), ('convenience_station', 'keep-places'),
    ('village_standing', 'keep-places'), ('duty_contact', 'keep-places'), ('grid_party_group', 'keep-places'),
    ('contact_assignment', 'assign-contacts')) as duties (name, duty)
  loop
    execute format($p$create policy duty_adds on lx.%I as restrictive for insert to rt_office with check (
      strpos(nullif(current_setting('lx.caps', true), ''), %L) > 0)$p$, one.name, ',' || one.duty || ',');
    execute format($p$create policy duty_changes on lx.%I as restrictive for update to rt_office using (
      strpos(nullif(current_setting('lx.caps', true), ''), %L) > 0)$p$, one.name, ',' || one.duty || ',');
  end loop;
end $$;

-- What an attachment belongs to is seen by whoever sees that: a person complained about finds neither the complaint nor the name of a
-- photo in it, and a neighbour nothing of a request that is not his.
create policy of_visible_matter on lx.file_use as restrictive for select to rt_office, rt_resident using (
  subject_kind <> 'matter' or exists (select from lx.matter m where m.county = file_use.county and m.id = file_use.subject));

-- A visitor finds what he has just sent (policy `unclaimed`) and what is published; what somebody else attached is nobody else's.
drop policy used on lx.file;
create policy used on lx.file for select to rt_resident, rt_office, rt_worker using (
  county = nullif(current_setting('lx.county', true), '')
  and exists (select from lx.file_use u where u.county = file.county and u.file = file.id));
create policy published on lx.file for select to rt_public using (
  county = nullif(current_setting('lx.county', true), '')
  and exists (select from lx.file_use u where u.county = file.county and u.file = file.id and u.subject_kind = 'disclosure'));

-- Whoever sees single cases only finds in an inbox what waits for himself, or belongs to a case of his.
create policy own_only on lx.inbox_item as restrictive for select to rt_office using (
  (strpos(nullif(current_setting('lx.caps', true), ''), ',own-matters-only,') > 0) is not true
  or person = nullif(current_setting('lx.uid', true), '')::uuid
  or exists (select from lx.matter m where m.county = inbox_item.county and m.id = inbox_item.matter));

-- Nobody writes an act, a follow-up or an attachment onto a matter that he may not see, whatever id he guesses.
create policy on_visible_matter on lx.act as restrictive for insert to rt_office with check (
  exists (select from lx.matter m where m.county = act.county and m.id = act.matter));
create policy on_visible_matter on lx.follow_up as restrictive for insert to rt_office with check (
  exists (select from lx.matter m where m.county = follow_up.county and m.id = follow_up.matter));

-- Who may change a part of a shared matter because he sees the matter may not make it the part of another.
alter policy of_matter_update on lx.matter_place with check (
  county = nullif(current_setting('lx.county', true), '')
  and exists (select from lx.matter m where m.county = matter_place.county and m.id = matter_place.matter));
