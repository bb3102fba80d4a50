-- Passkeys 通行密钥 (WebAuthn): a key pair in somebody's phone, computer or security key. Only the public half is here.

create table lx.passkey (
  id text collate "C" primary key,
  account_id text collate "C" not null references lx.account (id) on delete cascade,
  credential_id text collate "C" not null unique,
  public_key bytea not null,
  sign_count bigint not null default 0 check (sign_count >= 0),
  transports text[] not null default '{}',
  name text not null check (length(name) between 1 and 60),
  created_at timestamptz not null,
  last_used_at timestamptz
);
comment on table lx.passkey is 'class:L; 通行密钥: public keys an account proves itself with; the private half never leaves the device';
comment on column lx.passkey.sign_count is 'of devices that count; a figure that goes back tells of a copied key and is refused';
create index passkey_account on lx.passkey (account_id);
alter table lx.passkey enable row level security;
alter table lx.passkey force row level security;
create policy log_in on lx.passkey for all to rt_auth using (true) with check (true);
grant select, insert, update, delete on lx.passkey to rt_auth;

-- Whoever lost the phone lost the passkeys in it too.
create or replace function lx.reset_second_factor(wanted uuid) returns boolean
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
  delete from lx.passkey where account_id = found_account;
  delete from lx.session where account_id = found_account;
  update lx.account set two_factor_enabled = false where id = found_account;
  return true;
end $$;
comment on function lx.reset_second_factor is 'reviewed: takes second factor, passkeys and sessions away from a person in range, for an administrator; reads nothing back';
