-- Second factor 二次验证: what an account proves besides its password. The table of better-auth's plugin under our name; secrets and
-- recovery codes are kept sealed by the log-in library.

create table lx.two_factor (
  id text collate "C" primary key,
  account_id text collate "C" not null unique references lx.account (id) on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default false,
  failed_count integer not null default 0,
  locked_until timestamptz
);
comment on table lx.two_factor is 'class:L; second factors 二次验证 by an authenticator, with recovery codes; both sealed';

do $$
declare t text;
begin
  foreach t in array array['two_factor'] loop
    execute format('alter table lx.%I enable row level security', t);
    execute format('alter table lx.%I force row level security', t);
    execute format('create policy log_in on lx.%I for all to rt_auth using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on lx.%I to rt_auth', t);
  end loop;
end $$;

-- An administrator takes a lost second factor away 重置, for a person inside his range and never for himself; every session of that
-- person ends with it. True when there was an account.
create function lx.reset_second_factor(wanted uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, lx as $$
declare
  found_account text;
begin
  if coalesce(strpos(nullif(current_setting('lx.caps', true), ''), ',administer,'), 0) = 0
    or wanted::text = coalesce(nullif(current_setting('lx.uid', true), ''), '') then
    return false;
  end if;
  select a.id into found_account from lx.account a join lx.person p on p.county = a.county and p.id = a.person
    where a.county = nullif(current_setting('lx.county', true), '') and a.person = wanted
      and p.division >= nullif(current_setting('lx.lo', true), '') and p.division < nullif(current_setting('lx.hi', true), '');
  if found_account is null then
    return false;
  end if;
  delete from lx.two_factor where account_id = found_account;
  delete from lx.session where account_id = found_account;
  update lx.account set two_factor_enabled = false where id = found_account;
  return true;
end $$;
comment on function lx.reset_second_factor is 'reviewed: takes second factor and sessions away from a person in range, for an administrator; reads nothing back';
revoke all on function lx.reset_second_factor from public;
grant execute on function lx.reset_second_factor to rt_office;
