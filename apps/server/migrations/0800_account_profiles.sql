-- What a profile of accounts 账号规则 needs to know: since when a password holds, what it was before, when a session was last used, and
-- whether it is locked. The figures themselves are the server's setting.

alter table lx.credential add column password_set_at timestamptz;
alter table lx.credential add column first_password boolean not null default false;
update lx.credential set password_set_at = updated_at where password is not null;
alter table lx.credential alter column password_set_at set default now();
comment on column lx.credential.first_password is 'handed out by somebody else, who has seen it: good for one log-in, at which its owner sets another';

alter table lx.session add column last_used_at timestamptz;
alter table lx.session add column locked_at timestamptz;
comment on column lx.session.last_used_at is 'to the minute; null until the first request';
comment on column lx.session.locked_at is 'locked by its owner or the screen; a session that nobody uses locks without being written';

create table lx.former_password (
  account_id text collate "C" not null references lx.account (id) on delete cascade,
  replaced_at timestamptz not null,
  password text not null,
  primary key (account_id, replaced_at)
);
comment on table lx.former_password is 'class:L; passwords of before (scrypt), as many as the profile of accounts does not take again; none where the profile asks for no history';
alter table lx.former_password enable row level security;
alter table lx.former_password force row level security;
create policy log_in on lx.former_password for all to rt_auth using (true) with check (true);
grant select, insert, update, delete on lx.former_password to rt_auth;

create or replace function lx.hand_out_log_in(wanted uuid, account text, username text, shown text, credential text, hash text) returns text
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
  insert into lx.credential (id, account_id, provider_id, provider_account_id, password, first_password)
    values (credential, account, 'credential', account, hash, true);
  return 'done';
end $$;

create or replace function lx.renew_password(wanted uuid, hash text, at timestamptz) returns text
language plpgsql security definer set search_path = pg_catalog, lx as $$
declare
  found_account text;
  found_name text;
begin
  if not lx.may_administer(wanted) then return null; end if;
  select a.id, a.username into found_account, found_name from lx.account a
    where a.county = nullif(current_setting('lx.county', true), '') and a.person = wanted;
  if found_account is null then return null; end if;
  update lx.credential set password = hash, updated_at = at, password_set_at = at, first_password = true
    where account_id = found_account and provider_id = 'credential';
  delete from lx.session where account_id = found_account;
  return found_name;
end $$;

create or replace function lx.session_of(wanted text, at timestamptz, today date) returns json
language plpgsql stable security definer set search_path = pg_catalog, lx set plan_cache_mode = 'force_generic_plan' as $$
begin
  return (
    select json_build_object(
      'account', a.id, 'username', a.username, 'county', a.county, 'person', p.id, 'name', p.name, 'division', p.division,
      'expiresAt', to_char(s.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'use', json_build_object(
        'lastUsedAt', to_char(s.last_used_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'locked', s.locked_at is not null),
      'offices', coalesce((
        select json_agg(json_build_object(
          'appointment', o.id, 'post', o.post, 'postTitle', t.title, 'body', b.id, 'bodyName', b.name, 'bodyKind', b.kind,
          'division', b.division, 'divisionName', coalesce(d.name, b.division), 'level', coalesce(d.level, t.level),
          'capabilities', to_json(t.capabilities),
          'before', to_json(lx.divisions_before(b.division, today)), 'standsFor', lx.bodies_before(a.county, b.id, today)) order by o.id)
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
