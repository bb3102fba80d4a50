-- What an administrator of the range sees and does about somebody's log-in: when it was last used, close and reopen it, unlock it, bind it.

alter table lx.account add column last_signed_in_at timestamptz;

alter table lx.sign_in_attempt add column name_hash bytea check (octet_length(name_hash) = 32);
comment on column lx.sign_in_attempt.name_hash is 'of the name alone, on a count of a name at an address: an administrator who unlocks a name opens it everywhere';
create index sign_in_attempt_name on lx.sign_in_attempt (name_hash);

drop function lx.log_ins_in_range();
create function lx.log_ins_in_range(at timestamptz) returns table (
  person uuid, username text, closed boolean, last_signed_in_at timestamptz, sessions integer, second_factor boolean, passkeys integer, sign_on boolean)
language sql stable security definer set search_path = pg_catalog, lx as $$
  select a.person, a.username, a.disabled_at is not null, a.last_signed_in_at,
    (select count(*)::integer from lx.session s where s.account_id = a.id and s.expires_at > at),
    coalesce(a.two_factor_enabled, false),
    (select count(*)::integer from lx.passkey k where k.account_id = a.id),
    exists (select from lx.credential c where c.account_id = a.id and c.provider_id <> 'credential')
  from lx.account a join lx.person p on p.county = a.county and p.id = a.person
  where coalesce(strpos(nullif(current_setting('lx.caps', true), ''), ',administer,'), 0) > 0 and a.county = nullif(current_setting('lx.county', true), '')
    and p.division >= nullif(current_setting('lx.lo', true), '') and p.division < nullif(current_setting('lx.hi', true), '')
$$;
comment on function lx.log_ins_in_range is 'reviewed: how log-ins of persons inside the caller''s range stand, to an office that may administer; no secret, no address, no device';
revoke all on function lx.log_ins_in_range from public;
grant execute on function lx.log_ins_in_range to rt_office;

create function lx.locks_of(names bytea[], at timestamptz) returns table (name bytea, until timestamptz)
language sql stable security definer set search_path = pg_catalog, lx as $$
  select coalesce(t.name_hash, t.key_hash), max(t.blocked_until) from lx.sign_in_attempt t
  where coalesce(strpos(nullif(current_setting('lx.caps', true), ''), ',administer,'), 0) > 0 and t.blocked_until > at
    and ((t.kind = 'name' and t.key_hash = any (names)) or (t.kind = 'name-at-address' and t.name_hash = any (names)))
  group by 1
$$;
comment on function lx.locks_of is 'reviewed: until when names are locked, for keyed hashes that only the server can make, to an office that may administer';
revoke all on function lx.locks_of from public;
grant execute on function lx.locks_of to rt_office;

-- The account of a person in range that this administrator may change: never his own.
create function lx.account_to_change(wanted uuid) returns text
language sql stable set search_path = pg_catalog, lx as $$
  select a.id from lx.account a where a.county = nullif(current_setting('lx.county', true), '') and a.person = wanted
    and lx.may_administer(wanted) and wanted::text <> coalesce(nullif(current_setting('lx.uid', true), ''), '')
$$;
revoke all on function lx.account_to_change from public;

create function lx.close_account(wanted uuid, at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, lx as $$
declare
  found_account text := lx.account_to_change(wanted);
begin
  update lx.account set disabled_at = at where id = found_account and disabled_at is null;
  if not found then return false; end if;
  delete from lx.session where account_id = found_account;
  return true;
end $$;
comment on function lx.close_account is 'reviewed: closes the account of a person in range and ends its sessions, for an administrator and never his own; reads nothing back';

create function lx.reopen_account(wanted uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, lx as $$
begin
  update lx.account set disabled_at = null where id = lx.account_to_change(wanted) and disabled_at is not null;
  return found;
end $$;
comment on function lx.reopen_account is 'reviewed: opens the closed account of a person in range, for an administrator and never his own; reads nothing back';

create function lx.unlock_name(wanted uuid, name bytea) returns boolean
language plpgsql security definer set search_path = pg_catalog, lx as $$
begin
  if lx.account_to_change(wanted) is null then return false; end if;
  delete from lx.sign_in_attempt t
    where (t.kind = 'name' and t.key_hash = unlock_name.name) or (t.kind = 'name-at-address' and t.name_hash = unlock_name.name);
  return found;
end $$;
comment on function lx.unlock_name is 'reviewed: forgets the failed tries of a name whose person is in range, for an administrator and never his own; reads nothing back';

create function lx.bind_account(wanted uuid, credential text, issuer text, subject text, at timestamptz) returns text
language plpgsql security definer set search_path = pg_catalog, lx as $$
declare
  found_account text := lx.account_to_change(wanted);
begin
  if found_account is null then return 'not-found'; end if;
  if exists (select from lx.credential c where c.provider_id = issuer and c.provider_account_id = subject and c.account_id <> found_account) then
    return 'taken';
  end if;
  delete from lx.credential c where c.account_id = found_account and c.provider_id = issuer;
  insert into lx.credential (id, account_id, provider_id, provider_account_id, created_at, updated_at)
    values (credential, found_account, issuer, subject, at, at);
  return 'done';
end $$;
comment on function lx.bind_account is 'reviewed: binds the account of a person in range to somebody at the county''s sign-on, for an administrator and never his own';

do $$
declare f text;
begin
  foreach f in array array['close_account(uuid, timestamptz)', 'reopen_account(uuid)', 'unlock_name(uuid, bytea)', 'bind_account(uuid, text, text, text, timestamptz)'] loop
    execute format('revoke all on function lx.%s from public', f);
    execute format('grant execute on function lx.%s to rt_office', f);
  end loop;
end $$;
