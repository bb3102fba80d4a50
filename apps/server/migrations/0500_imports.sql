-- Imports: earlier names of divisions, villagers' groups of persons, identity numbers in bulk.

create table lx.division_name (
  code text collate "C" not null references lx.division (code),
  name text not null check (length(name) between 1 and 80),
  short_name text not null,
  source text not null,
  valid_from date not null,
  valid_to date not null check (valid_to > valid_from),
  primary key (code, valid_to)
);
comment on table lx.division_name is 'class:R; names that a division had before, each until the day on which the next one began; the running name stands in division';
alter table lx.division_name enable row level security;
alter table lx.division_name force row level security;
create policy read_all on lx.division_name for select using (true);
grant select on lx.division_name to rt_public, rt_resident, rt_office, rt_auth, rt_worker, rt_audit;

alter table lx.person add column villager_group smallint check (villager_group between 1 and 999);
comment on column lx.person.villager_group is 'number of the villagers'' group 村民小组 in the village, null where there are none or it is not known';

-- An identity number may be entered twice in one county, by offices that cannot see each other: a refusal would tell the second one
-- that somebody elsewhere has it. Inside one range it is refused by the import; a clash across ranges is the county's to see and settle.
drop index lx.person_identity_id_number;
create index person_identity_lookup on lx.person_identity (county, kind, lookup_hash);

-- Which of these hashes belong to persons inside the caller's range; a hash from outside it answers exactly like an unknown one.
create function lx.find_identities(what text, hashes bytea[]) returns table (hash bytea, person uuid, division text)
language plpgsql stable security definer set search_path = pg_catalog, lx as $$
begin
  if coalesce(strpos(nullif(current_setting('lx.caps', true), ''), ',appoint,'), 0) > 0
    or coalesce(strpos(nullif(current_setting('lx.caps', true), ''), ',import,'), 0) > 0 then
    return query
      select i.lookup_hash, p.id, p.division from lx.person_identity i
        join lx.person p on p.county = i.county and p.id = i.person
      where i.county = nullif(current_setting('lx.county', true), '') and i.kind = what and i.lookup_hash = any (hashes)
        and p.division >= nullif(current_setting('lx.lo', true), '') and p.division < nullif(current_setting('lx.hi', true), '');
  end if;
end $$;
comment on function lx.find_identities is 'reviewed: answers for persons inside the caller''s range alone, to an office that may appoint or import; never a number, never a cipher';
revoke all on function lx.find_identities from public;
grant execute on function lx.find_identities to rt_office;

-- Many numbers at once, for persons inside the caller's range; gives how many were written, so that a caller can tell that all were.
create function lx.put_person_identities(entries json, at timestamptz) returns integer
language plpgsql security definer set search_path = pg_catalog, lx as $$
declare
  written integer;
begin
  if coalesce(strpos(nullif(current_setting('lx.caps', true), ''), ',appoint,'), 0) = 0
    and coalesce(strpos(nullif(current_setting('lx.caps', true), ''), ',import,'), 0) = 0 then
    return 0;
  end if;
  insert into lx.person_identity (county, person, kind, cipher, lookup_hash, recorded_at)
    select p.county, p.id, e.kind, decode(e.cipher, 'hex'), decode(e.hash, 'hex'), at
    from json_to_recordset(entries) as e (person uuid, kind text, cipher text, hash text)
      join lx.person p on p.county = nullif(current_setting('lx.county', true), '') and p.id = e.person
    where p.division >= nullif(current_setting('lx.lo', true), '') and p.division < nullif(current_setting('lx.hi', true), '');
  get diagnostics written = row_count;
  return written;
end $$;
comment on function lx.put_person_identities is 'reviewed: writes for persons inside the caller''s range, to an office that may appoint or import; overwrites nothing, reads nothing back';
revoke all on function lx.put_person_identities from public;
grant execute on function lx.put_person_identities to rt_office;
