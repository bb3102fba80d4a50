-- Which counties are at work, and log-ins that an administrator hands out.

-- The whole country may be on record; only a county with a pack in force or a body of its own is at work.
create function lx.counties_at_work() returns setof text
language sql stable security definer set search_path = pg_catalog, lx as $$
  select d.county from lx.division d
  where d.level = 'county' and d.county is not null and d.valid_to is null
    and (exists (select from lx.pack_activation a where a.county = d.county) or exists (select from lx.body b where b.county = d.county))
$$;
comment on function lx.counties_at_work is 'reviewed: codes of counties alone, which the portal shows to everybody';
revoke all on function lx.counties_at_work from public;
grant execute on function lx.counties_at_work to rt_public, rt_resident, rt_office, rt_auth, rt_worker;

-- A person of the caller's range, for an office with the duty to administer; nobody else learns whether there is one.
create function lx.may_administer(wanted uuid) returns boolean
language sql stable set search_path = pg_catalog, lx as $$
  select coalesce(strpos(nullif(current_setting('lx.caps', true), ''), ',administer,'), 0) > 0 and exists (
    select from lx.person p where p.county = nullif(current_setting('lx.county', true), '') and p.id = wanted and p.valid_to is null
      and p.division >= nullif(current_setting('lx.lo', true), '') and p.division < nullif(current_setting('lx.hi', true), ''))
$$;
revoke all on function lx.may_administer from public;

create function lx.hand_out_log_in(wanted uuid, account text, username text, shown text, credential text, hash text) returns text
language plpgsql security definer set search_path = pg_catalog, lx as $$
declare
  holder text;
begin
  if not lx.may_administer(wanted) then return 'not-found'; end if;
  select p.name into holder from lx.person p where p.county = nullif(current_setting('lx.county', true), '') and p.id = wanted;
  insert into lx.account (id, name, email, username, display_username, county, person)
    values (account, holder, account || '@account.invalid', username, shown, nullif(current_setting('lx.county', true), ''), wanted)
    on conflict do nothing;
  if not found then return 'taken'; end if;
  insert into lx.credential (id, account_id, provider_id, provider_account_id, password) values (credential, account, 'credential', account, hash);
  return 'done';
end $$;
comment on function lx.hand_out_log_in is 'reviewed: one log-in for a person inside the caller''s range, to an office that may administer; reads nothing back';
revoke all on function lx.hand_out_log_in from public;
grant execute on function lx.hand_out_log_in to rt_office;

create function lx.renew_password(wanted uuid, hash text, at timestamptz) returns text
language plpgsql security definer set search_path = pg_catalog, lx as $$
declare
  found_account text;
  found_name text;
begin
  if not lx.may_administer(wanted) then return null; end if;
  select a.id, a.username into found_account, found_name from lx.account a
    where a.county = nullif(current_setting('lx.county', true), '') and a.person = wanted;
  if found_account is null then return null; end if;
  update lx.credential set password = hash, updated_at = at where account_id = found_account and provider_id = 'credential';
  delete from lx.session where account_id = found_account;
  return found_name;
end $$;
comment on function lx.renew_password is 'reviewed: a new first password for a person inside the caller''s range, to an office that may administer; ends the sessions, gives the log-in name';
revoke all on function lx.renew_password from public;
grant execute on function lx.renew_password to rt_office;

create function lx.log_ins_in_range() returns table (person uuid, username text)
language sql stable security definer set search_path = pg_catalog, lx as $$
  select a.person, a.username from lx.account a join lx.person p on p.county = a.county and p.id = a.person
  where coalesce(strpos(nullif(current_setting('lx.caps', true), ''), ',administer,'), 0) > 0 and a.county = nullif(current_setting('lx.county', true), '')
    and p.division >= nullif(current_setting('lx.lo', true), '') and p.division < nullif(current_setting('lx.hi', true), '')
$$;
comment on function lx.log_ins_in_range is 'reviewed: log-in names of persons inside the caller''s range, to an office that may administer; nothing else of an account';
revoke all on function lx.log_ins_in_range from public;
grant execute on function lx.log_ins_in_range to rt_office;
