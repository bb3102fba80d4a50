-- Matters 事项: what residents and offices ask to be done. Facts are the acts; everything in the second half of `matter`
-- is a projection of them, rebuilt by `lianxin rebuild`.
--
-- `place` is where the matter lives. `division` is who may see it: the same as `place`, except for a complaint about somebody,
-- whose `division` is the level above him, so that neither he nor anybody under him is in its range; `barred` keeps him out
-- by name wherever he sits (LAW-XF-30).

create table lx.matter (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  id uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  place text collate "C" not null check (place ~ '^[0-9]{12}(-|$)'),
  township text collate "C" not null generated always as (left(place, 9)) stored,
  village text collate "C" not null generated always as (left(place, 12)) stored,
  number text collate "C" not null,
  procedure text collate "C" not null,
  pack_hash bytea not null references lx.pack_version (hash),
  kind text collate "C",
  subject text not null check (length(subject) between 1 and 300),
  channel text collate "C" not null check (channel in ('portal', 'counter', 'phone', 'paper', 'visit', 'field', 'import')),
  filer uuid,
  on_behalf boolean not null default false,
  parent uuid,
  opened_by_act text collate "C",
  wait text collate "C" check (wait in ('all', 'any', 'none')),
  about uuid,
  start_level text collate "C" not null check (start_level in ('group', 'village', 'township', 'county')),
  opened_at timestamptz not null,
  recorded_at timestamptz not null,
  late_entry boolean not null default false,
  made_up boolean not null default false,
  receipt_hash bytea check (octet_length(receipt_hash) = 32),
  confirm_hash bytea check (octet_length(confirm_hash) = 32),
  journal uuid,
  barred uuid[],
  sampled uuid[],
  -- projection
  version integer not null,
  state text collate "C" not null check (state in ('open', 'paused', 'ended')),
  stage text collate "C",
  level text collate "C" not null check (level in ('group', 'village', 'township', 'county')),
  holder_post text collate "C",
  holder_body uuid,
  holder_person uuid,
  first_contact uuid,
  due date,
  provisional boolean not null default false,
  next_check date,
  result text collate "C",
  settled boolean,
  accepted_at timestamptz,
  claimed_at timestamptz,
  confirmed_by text collate "C" check (confirmed_by in ('filer', 'sampled')),
  disputes integer not null default 0,
  breaches integer not null default 0,
  rating smallint check (rating between 1 and 5),
  rated_at timestamptz,
  ended_at timestamptz,
  readers uuid[],
  updated_at timestamptz not null,
  primary key (county, id),
  foreign key (county, parent) references lx.matter (county, id),
  foreign key (county, about) references lx.matter (county, id),
  check ((state = 'ended') = (ended_at is not null)),
  check (ended_at is null or ended_at >= opened_at)
);
comment on table lx.matter is 'class:A; matters 事项, one running instance of a procedure; columns after sampled are a projection of act';
comment on column lx.matter.division is 'range of who may see it: the place, or the level above the person complained about';
comment on column lx.matter.place is 'where the matter lives';
comment on column lx.matter.number is 'case number 办件编号, the same at every level';
comment on column lx.matter.pack_hash is 'the pack version it was opened under; a running matter keeps its rule';
comment on column lx.matter.on_behalf is 'filed by staff for a resident: confirmed by a sampled non-handler, never by the holder of a second secret';
comment on column lx.matter.made_up is 'true for what a demonstration made up: the figures an installation reports of itself leave it out';
comment on column lx.matter.receipt_hash is 'SHA-256 of the receipt code; the code itself is with the resident alone';
comment on column lx.matter.confirm_hash is 'SHA-256 of the second secret, which the handler never sees';
comment on column lx.matter.barred is 'persons the matter is about: it never reaches them';
comment on column lx.matter.sampled is 'persons drawn to confirm the result, none of whom ever handled it';
comment on column lx.matter.next_check is 'first day after which the deadline sweep has to look at it';
comment on column lx.matter.readers is 'persons who may see contact data now; empty once it has ended';

create unique index matter_number on lx.matter (county, number) where parent is null;
create unique index matter_receipt on lx.matter (county, receipt_hash) where receipt_hash is not null;
create index matter_division on lx.matter (county, division, id);
create index matter_parent on lx.matter (county, parent) where parent is not null;
create index matter_about on lx.matter (county, about) where about is not null;
create index matter_sweep on lx.matter (county, next_check, id) where next_check is not null;
create index matter_due on lx.matter (county, due, id) include (division, barred, place, procedure, holder_body) where state = 'open' and due is not null;
-- One covering index a level: a page of fifty rows is one short range of one index, however many rows there are.
create index matter_list_county on lx.matter (county, state, opened_at desc, id desc) include (division, barred, place, number, procedure, kind, subject, due, version);
create index matter_list_township on lx.matter (county, township, state, opened_at desc, id desc) include (division, barred, place, number, procedure, kind, subject, due, version);
create index matter_list_village on lx.matter (county, village, state, opened_at desc, id desc) include (division, barred, place, number, procedure, kind, subject, due, version);
create index matter_list_holder on lx.matter (county, holder_body, state, due, id) include (division, barred, place) where state <> 'ended';

create table lx.act (
  county text collate "C" not null,
  matter uuid not null,
  seq integer not null check (seq >= 0),
  id uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  command_id text collate "C" not null,
  act text collate "C" not null,
  stage text collate "C",
  sense text collate "C" not null check (sense in ('open', 'accept', 'refuse', 'claim', 'confirm', 'dispute', 'hand-up', 'go-higher', 'rate', 'ask', 'answer', 'remind', 'split', 'end', 'other')),
  actor_kind text collate "C" not null check (actor_kind in ('resident', 'officer', 'system')),
  person uuid,
  office_post text collate "C",
  office_body uuid,
  on_behalf_of text collate "C",
  body jsonb not null,
  ruling jsonb not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (county, matter, seq),
  foreign key (county, matter) references lx.matter (county, id)
);
comment on table lx.act is 'class:J; acts 办理记录: what was done on a matter, by whom and in which office; appended, never edited';
comment on column lx.act.sense is 'what the act amounts to, read from the shape of its rule, so that reports need no act names';
comment on column lx.act.on_behalf_of is 'for whom an officer acted; the name itself is sealed in matter_contact';
comment on column lx.act.body is 'values of the act''s fields; contact and identity data are in matter_contact instead';
comment on column lx.act.ruling is 'effects the kernel named';
create index act_division on lx.act (county, division, matter);
create index act_sense on lx.act (county, sense, occurred_at) where sense in ('refuse', 'hand-up', 'go-higher', 'remind', 'ask');

create table lx.matter_contact (
  county text collate "C" not null,
  matter uuid not null,
  field text collate "C" not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  cipher bytea not null,
  kept boolean not null default false,
  recorded_at timestamptz not null,
  primary key (county, matter, field),
  foreign key (county, matter) references lx.matter (county, id)
);
create index matter_contact_division on lx.matter_contact (county, division, matter);
comment on table lx.matter_contact is 'class:A; contact data of a matter, sealed; read by the persons named in matter.readers alone, deleted when the matter ends';
comment on column lx.matter_contact.kept is 'true for the name of a resident somebody filed for: both names are kept';

create table lx.matter_place (
  county text collate "C" not null,
  matter uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  subject text not null,
  unit text,
  due date,
  state text collate "C" not null check (state in ('open', 'paused', 'ended')),
  answer text,
  recorded_at timestamptz not null,
  primary key (county, matter, division),
  foreign key (county, matter) references lx.matter (county, id)
);
create index matter_place_division on lx.matter_place (county, division, matter);
comment on table lx.matter_place is 'class:A; places that one shared matter 共性诉求 concerns: each village reads the unit, the date and the answer here, without the file';

create table lx.inbox_item (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  id uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  person uuid,
  post text collate "C",
  body uuid,
  matter uuid not null,
  kind text collate "C" not null,
  what text not null,
  due date,
  provisional boolean not null default false,
  from_act uuid,
  barred uuid[],
  recorded_at timestamptz not null,
  done_at timestamptz,
  primary key (county, id),
  foreign key (county, matter) references lx.matter (county, id),
  check (person is not null or body is not null)
);
create index inbox_item_person on lx.inbox_item (county, person, due, id) where done_at is null;
create index inbox_item_body on lx.inbox_item (county, body, due, id) where done_at is null;
create index inbox_item_matter on lx.inbox_item (county, matter) where done_at is null;
create index inbox_item_division on lx.inbox_item (county, division, id);
comment on table lx.inbox_item is 'class:P; what waits for a person, or for the holders of a post in a body, and until when 待办';

create table lx.follow_up (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  id uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  matter uuid not null,
  cause text collate "C" not null check (cause in ('written', 'low-rating')),
  text text not null check (length(text) between 1 and 2000),
  due date not null,
  person uuid,
  office_post text collate "C",
  office_body uuid,
  to_body uuid,
  recorded_at timestamptz not null,
  answer text check (length(answer) between 1 and 2000),
  answered_by uuid,
  answered_at timestamptz,
  primary key (county, id),
  foreign key (county, matter) references lx.matter (county, id),
  check ((answer is null) = (answered_at is null))
);
create index follow_up_matter on lx.follow_up (county, matter);
create index follow_up_division on lx.follow_up (county, division, due, id);
comment on table lx.follow_up is 'class:A; follow-ups 督办 with a date: written by somebody above, or opened by a low rating (without the name of who gave it)';

create table lx.matter_count (
  county text collate "C" not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  slot smallint not null check (slot between 0 and 15),
  opened bigint not null,
  open bigint not null,
  paused bigint not null,
  ended bigint not null,
  primary key (county, division, slot)
);
comment on table lx.matter_count is 'class:A; how many matters a village has by state, kept in the transaction of the act; sixteen rows a village, so that intakes do not wait for each other; complaints about somebody are not counted';

-- ——— who sees what ———

do $$
declare
  t text;
  in_range constant text := $q$county = nullif(current_setting('lx.county', true), '')
    and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), '')$q$;
begin
  foreach t in array array['matter', 'act', 'matter_contact', 'matter_place', 'inbox_item', 'follow_up', 'matter_count'] loop
    execute format('alter table lx.%I enable row level security', t);
    execute format('alter table lx.%I force row level security', t);
  end loop;
  foreach t in array array['matter', 'matter_place', 'inbox_item', 'follow_up', 'matter_count'] loop
    execute format('create policy range_read on lx.%I for select to rt_office, rt_worker using (%s)', t, in_range);
  end loop;
  foreach t in array array['matter', 'act', 'matter_contact', 'matter_place', 'inbox_item', 'follow_up'] loop
    execute format('create policy range_insert on lx.%I for insert to rt_office, rt_worker with check (%s)', t, in_range);
  end loop;
  foreach t in array array['matter', 'matter_place', 'inbox_item', 'follow_up'] loop
    execute format('create policy range_update on lx.%I for update to rt_office, rt_worker using (%s) with check (%s)', t, in_range, in_range);
  end loop;
  execute format($p$create policy range_read on lx.act for select to rt_office, rt_worker using (%s and exists (
    select 1 from lx.matter m where m.county = act.county and m.id = act.matter))$p$, in_range);
end $$;

-- A complaint never reaches the person complained about, whatever his range; nor does anything that hangs on it.
create policy recuse on lx.matter as restrictive for all to rt_office using (
  barred is null or nullif(current_setting('lx.uid', true), '')::uuid <> all (barred));
create policy recuse on lx.inbox_item as restrictive for all to rt_office using (
  barred is null or nullif(current_setting('lx.uid', true), '')::uuid <> all (barred));
create policy recuse on lx.follow_up as restrictive for select to rt_office using (
  exists (select 1 from lx.matter m where m.county = follow_up.county and m.id = follow_up.matter));

-- A person who logged in as a resident sees what he filed himself.
create policy own_read on lx.matter for select to rt_resident using (
  county = nullif(current_setting('lx.county', true), '') and filer = nullif(current_setting('lx.uid', true), '')::uuid);
create policy own_read on lx.act for select to rt_resident using (
  county = nullif(current_setting('lx.county', true), '')
  and exists (select 1 from lx.matter m where m.county = act.county and m.id = act.matter));
create policy own_read on lx.inbox_item for select to rt_resident using (
  county = nullif(current_setting('lx.county', true), '') and person = nullif(current_setting('lx.uid', true), '')::uuid);

-- The answer to a shared demand is public in each of its villages; numbers of open matters are too.
create policy public_read on lx.matter_place for select to rt_public, rt_resident using (
  county = nullif(current_setting('lx.county', true), '')
  and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), ''));
create policy public_read on lx.matter_count for select to rt_public, rt_resident using (
  county = nullif(current_setting('lx.county', true), '')
  and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), ''));

-- Contact data: the persons named as readers, and nobody else, whatever their range.
create policy reader on lx.matter_contact for select to rt_office using (
  county = nullif(current_setting('lx.county', true), '')
  and exists (select 1 from lx.matter m where m.county = matter_contact.county and m.id = matter_contact.matter
    and nullif(current_setting('lx.uid', true), '')::uuid = any (m.readers)));

grant select, insert on lx.matter, lx.act, lx.matter_contact, lx.matter_place, lx.inbox_item, lx.follow_up to rt_office, rt_worker;
grant update (version, state, stage, level, holder_post, holder_body, holder_person, first_contact, due, provisional, next_check,
  result, settled, accepted_at, claimed_at, confirmed_by, disputes, breaches, rating, rated_at, ended_at, readers, sampled, barred,
  division, kind, subject, updated_at) on lx.matter to rt_office, rt_worker;
grant update (unit, due, state, answer) on lx.matter_place to rt_office, rt_worker;
grant update (done_at) on lx.inbox_item to rt_office, rt_worker;
grant update (answer, answered_by, answered_at) on lx.follow_up to rt_office, rt_worker;
grant select on lx.matter_count to rt_public, rt_resident, rt_office, rt_worker;
grant select on lx.matter_place to rt_public, rt_resident;
grant select on lx.matter, lx.act, lx.inbox_item to rt_resident;

-- ——— what follows from every change of a matter ———

create function lx.count_matter() returns trigger language plpgsql security definer set search_path = pg_catalog, lx as $$
declare
  at_slot constant smallint := abs(hashtext(new.id::text) % 16);
begin
  if new.barred is not null then
    return null;
  end if;
  if tg_op = 'INSERT' then
    insert into lx.matter_count as c (county, division, slot, opened, open, paused, ended)
    values (new.county, new.village, at_slot, 1, (new.state = 'open')::int, (new.state = 'paused')::int, (new.state = 'ended')::int)
    on conflict (county, division, slot) do update set
      opened = c.opened + 1, open = c.open + excluded.open, paused = c.paused + excluded.paused, ended = c.ended + excluded.ended;
  else
    update lx.matter_count c set
      open = c.open + (new.state = 'open')::int - (old.state = 'open')::int,
      paused = c.paused + (new.state = 'paused')::int - (old.state = 'paused')::int,
      ended = c.ended + (new.state = 'ended')::int - (old.state = 'ended')::int
    where c.county = new.county and c.division = new.village and c.slot = at_slot;
  end if;
  return null;
end $$;
comment on function lx.count_matter() is 'keeps matter_count; definer, because nobody else may write a count';
revoke execute on function lx.count_matter() from public;
create trigger count_new after insert on lx.matter for each row execute function lx.count_matter();
create trigger count_changed after update of state on lx.matter for each row when (old.state is distinct from new.state) execute function lx.count_matter();

create function lx.forget_contact() returns trigger language plpgsql security definer set search_path = pg_catalog, lx as $$
begin
  delete from lx.matter_contact c where c.county = new.county and c.matter = new.id and not c.kept;
  return null;
end $$;
comment on function lx.forget_contact() is 'deletes contact data with the closing act; definer, because whoever closes a matter need not be able to read it';
revoke execute on function lx.forget_contact() from public;
create trigger forget_contact after update of state on lx.matter for each row
  when (new.state = 'ended' and old.state <> 'ended') execute function lx.forget_contact();

-- ——— one statement for all that an act writes ———
-- `p`: { "opens": [matter…], "changes": [{ "id", "base", "set": {columns} }…], "acts": […], "contacts": […], "places": […],
--   "place_answers": [{ matter, unit, due, state, answer }…], "inbox_done": [{ matter, kinds: [] }…], "inbox": […], "follow_ups": […] }
-- Raises LX409 when a matter is not at its base version any more.

create function lx.write_matters(p jsonb) returns void language plpgsql security invoker set search_path = pg_catalog, lx as $$
declare
  change jsonb;
  said jsonb;
begin
  if p ? 'opens' then
    insert into lx.matter (county, id, division, place, number, procedure, pack_hash, kind, subject, channel, filer, on_behalf, parent,
      opened_by_act, wait, about, start_level, opened_at, recorded_at, late_entry, receipt_hash, confirm_hash, journal, barred, sampled,
      version, state, stage, level, holder_post, holder_body, holder_person, first_contact, due, provisional, next_check, result, settled,
      accepted_at, claimed_at, confirmed_by, disputes, breaches, rating, rated_at, ended_at, readers, updated_at)
    select r.county, r.id, r.division, r.place, r.number, r.procedure, r.pack_hash, r.kind, r.subject, r.channel, r.filer, r.on_behalf, r.parent,
      r.opened_by_act, r.wait, r.about, r.start_level, r.opened_at, r.recorded_at, r.late_entry, r.receipt_hash, r.confirm_hash, r.journal, r.barred, r.sampled,
      r.version, r.state, r.stage, r.level, r.holder_post, r.holder_body, r.holder_person, r.first_contact, r.due, r.provisional, r.next_check, r.result, r.settled,
      r.accepted_at, r.claimed_at, r.confirmed_by, r.disputes, r.breaches, r.rating, r.rated_at, r.ended_at, r.readers, r.updated_at
    from jsonb_populate_recordset(null::lx.matter, p -> 'opens') r;
  end if;
  if p ? 'changes' then
    for change in select jsonb_array_elements(p -> 'changes') loop
      update lx.matter m set (version, state, stage, level, holder_post, holder_body, holder_person, first_contact, due, provisional,
        next_check, result, settled, accepted_at, claimed_at, confirmed_by, disputes, breaches, rating, rated_at, ended_at, readers,
        sampled, kind, subject, updated_at)
      = (select r.version, r.state, r.stage, r.level, r.holder_post, r.holder_body, r.holder_person, r.first_contact, r.due, r.provisional,
        r.next_check, r.result, r.settled, r.accepted_at, r.claimed_at, r.confirmed_by, r.disputes, r.breaches, r.rating, r.rated_at, r.ended_at, r.readers,
        r.sampled, r.kind, r.subject, r.updated_at from jsonb_populate_record(m, change -> 'set') r)
      where m.county = p ->> 'county' and m.id = (change ->> 'id')::uuid and m.version = (change ->> 'base')::int;
      if not found then
        raise exception 'matter is not at its base version' using errcode = 'LX409';
      end if;
    end loop;
  end if;
  if p ? 'acts' then
    insert into lx.act (county, matter, seq, id, division, command_id, act, stage, sense, actor_kind, person, office_post, office_body,
      on_behalf_of, body, ruling, occurred_at, recorded_at)
    select r.county, r.matter, r.seq, r.id, r.division, r.command_id, r.act, r.stage, r.sense, r.actor_kind, r.person, r.office_post, r.office_body,
      r.on_behalf_of, r.body, r.ruling, r.occurred_at, r.recorded_at
    from jsonb_populate_recordset(null::lx.act, p -> 'acts') r;
  end if;
  if p ? 'contacts' then
    insert into lx.matter_contact (county, matter, field, division, cipher, kept, recorded_at)
    select r.county, r.matter, r.field, r.division, r.cipher, r.kept, r.recorded_at
    from jsonb_populate_recordset(null::lx.matter_contact, p -> 'contacts') r;
  end if;
  if p ? 'places' then
    insert into lx.matter_place (county, matter, division, subject, unit, due, state, answer, recorded_at)
    select r.county, r.matter, r.division, r.subject, r.unit, r.due, r.state, r.answer, r.recorded_at
    from jsonb_populate_recordset(null::lx.matter_place, p -> 'places') r;
  end if;
  if p ? 'place_answers' then
    for said in select jsonb_array_elements(p -> 'place_answers') loop
      update lx.matter_place m set unit = said ->> 'unit', due = (said ->> 'due')::date, state = said ->> 'state',
        answer = coalesce(said ->> 'answer', m.answer)
      where m.county = p ->> 'county' and m.matter = (said ->> 'matter')::uuid;
    end loop;
  end if;
  if p ? 'inbox_done' then
    update lx.inbox_item i set done_at = (p ->> 'at')::timestamptz
    from jsonb_to_recordset(p -> 'inbox_done') as d (matter uuid, kinds text[])
    where i.county = p ->> 'county' and i.matter = d.matter and i.done_at is null and i.kind = any (d.kinds);
  end if;
  if p ? 'inbox' then
    insert into lx.inbox_item (county, id, division, person, post, body, matter, kind, what, due, provisional, from_act, barred, recorded_at)
    select r.county, r.id, r.division, r.person, r.post, r.body, r.matter, r.kind, r.what, r.due, r.provisional, r.from_act, r.barred, r.recorded_at
    from jsonb_populate_recordset(null::lx.inbox_item, p -> 'inbox') r;
  end if;
  if p ? 'follow_ups' then
    insert into lx.follow_up (county, id, division, matter, cause, text, due, person, office_post, office_body, to_body, recorded_at)
    select r.county, r.id, r.division, r.matter, r.cause, r.text, r.due, r.person, r.office_post, r.office_body, r.to_body, r.recorded_at
    from jsonb_populate_recordset(null::lx.follow_up, p -> 'follow_ups') r;
  end if;
end $$;
comment on function lx.write_matters(jsonb) is 'what an act writes, in one round trip, under the rights of the caller';
revoke execute on function lx.write_matters(jsonb) from public;
grant execute on function lx.write_matters(jsonb) to rt_office, rt_worker;

-- A resident without account tells a need: no grant on any table, only this function.
create function lx.resident_opens(p jsonb) returns void language plpgsql security definer set search_path = pg_catalog, lx as $$
begin
  if (p ->> 'county') is distinct from nullif(current_setting('lx.county', true), '') then
    raise exception 'another county' using errcode = 'LX403';
  end if;
  if p ?| array['changes', 'inbox_done', 'place_answers', 'places', 'follow_ups'] or exists (
    select 1 from jsonb_array_elements(p -> 'opens') as o (m)
    where m ->> 'channel' <> 'portal' or m ->> 'county' <> p ->> 'county' or coalesce(m ->> 'filer', '') <> coalesce(nullif(current_setting('lx.uid', true), ''), ''))
  then
    raise exception 'not what a resident may write' using errcode = 'LX403';
  end if;
  perform lx.write_matters(p);
end $$;
comment on function lx.resident_opens(jsonb) is 'opens a matter for a person without account; definer, because visitors have no grant on matters';
revoke execute on function lx.resident_opens(jsonb) from public;
grant execute on function lx.resident_opens(jsonb) to rt_public, rt_resident;

-- What the kernel needs of a matter, as one value: the row, its acts, its sub-matters.
create function lx.matter_file(p_county text, p_id uuid) returns jsonb language sql stable security invoker set search_path = pg_catalog, lx as $$
  select jsonb_build_object(
    'matter', to_jsonb(m),
    'acts', (select coalesce(jsonb_agg(to_jsonb(a) order by a.seq), '[]') from lx.act a where a.county = m.county and a.matter = m.id),
    'children', (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'number', c.number, 'subject', c.subject, 'state', c.state, 'wait', c.wait,
      'openedBy', c.opened_by_act, 'endedAt', c.ended_at, 'holderBody', c.holder_body) order by c.opened_at, c.id), '[]')
      from lx.matter c where c.county = m.county and c.parent = m.id))
  from lx.matter m where m.county = p_county and m.id = p_id
$$;
comment on function lx.matter_file(text, uuid) is 'a matter with its acts and sub-matters, under the rights of the caller';
revoke execute on function lx.matter_file(text, uuid) from public;
grant execute on function lx.matter_file(text, uuid) to rt_office, rt_worker, rt_resident;

-- The holder of a receipt reads one matter by the hash of the code, and nothing else.
create function lx.receipt_file(p_county text, p_hash bytea) returns jsonb language sql stable security definer set search_path = pg_catalog, lx as $$
  select lx.matter_file(m.county, m.id) from lx.matter m
  where m.county = p_county and m.receipt_hash = p_hash and p_county = nullif(current_setting('lx.county', true), '')
$$;
comment on function lx.receipt_file(text, bytea) is 'a matter by the hash of its receipt; definer, because a visitor has no grant on matters';
revoke execute on function lx.receipt_file(text, bytea) from public;
grant execute on function lx.receipt_file(text, bytea) to rt_public, rt_resident;

-- The holder of a receipt acts: only on the matter of that receipt and its sub-matters.
create function lx.receipt_acts(p_hash bytea, p jsonb) returns void language plpgsql security definer set search_path = pg_catalog, lx as $$
declare
  mine uuid;
begin
  select m.id into mine from lx.matter m
  where m.county = p ->> 'county' and m.receipt_hash = p_hash and m.county = nullif(current_setting('lx.county', true), '');
  if mine is null then
    raise exception 'no matter with this receipt' using errcode = 'LX403';
  end if;
  if exists (select 1 from jsonb_array_elements(coalesce(p -> 'changes', '[]')) as c (v)
      where (v ->> 'id')::uuid <> mine and not exists (
        select 1 from lx.matter s where s.county = p ->> 'county' and s.id = (v ->> 'id')::uuid and s.parent = mine))
    or exists (select 1 from jsonb_array_elements(coalesce(p -> 'opens', '[]')) as o (v) where (v ->> 'parent')::uuid is distinct from mine)
  then
    raise exception 'not a matter of this receipt' using errcode = 'LX403';
  end if;
  perform lx.write_matters(p);
end $$;
comment on function lx.receipt_acts(bytea, jsonb) is 'what the holder of a receipt does on its matter; definer, because a visitor has no grant on matters';
revoke execute on function lx.receipt_acts(bytea, jsonb) from public;
grant execute on function lx.receipt_acts(bytea, jsonb) to rt_public, rt_resident;

-- Where somebody who is complained about holds office, by id or by name: decides from which level up the complaint may be seen.
create function lx.accused_offices(p_county text, p_persons uuid[], p_names text[], p_on date)
returns table (person uuid, division text) language sql stable security definer set search_path = pg_catalog, lx as $$
  select a.person, a.division from lx.appointment a
  where a.county = p_county and p_county = nullif(current_setting('lx.county', true), '')
    and a.valid_from <= p_on and (a.valid_to is null or a.valid_to > p_on)
    and (a.person = any (p_persons) or exists (
      select 1 from lx.person p where p.county = a.county and p.id = a.person and p.name = any (p_names)))
$$;
comment on function lx.accused_offices(text, uuid[], text[], date) is 'offices of persons a complaint names; definer, because routing must find what no caller may list';
revoke execute on function lx.accused_offices(text, uuid[], text[], date) from public;
grant execute on function lx.accused_offices(text, uuid[], text[], date) to rt_worker;

-- Posts that see single cases only (an agent 代办员, a member who runs an order) carry the capability own-matters-only [NQ-35].
create policy own_only on lx.matter as restrictive for select to rt_office using (
  coalesce(strpos(nullif(current_setting('lx.caps', true), ''), ',own-matters-only,'), 0) = 0
  or nullif(current_setting('lx.uid', true), '')::uuid in (holder_person, first_contact, filer)
  or nullif(current_setting('lx.uid', true), '')::uuid = any (sampled));
