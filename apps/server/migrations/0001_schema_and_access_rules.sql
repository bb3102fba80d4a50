-- Schema lx and what every role may do by default: nothing. The roles themselves belong to the cluster, not to one
-- database, and are made by the migrator before this file (apps/server/src/storage/roles.ts). The migrator also gives the
-- owner of the tables a policy named `owner` on each of them, since FORCE binds an owner who is no superuser.

create schema if not exists lx;
comment on schema lx is 'Lianxin. Every table names its class in its comment: class:A; … (docs/design/tables.md)';

revoke all on schema lx from public;
grant usage on schema lx to rt_public, rt_resident, rt_office, rt_auth, rt_journal, rt_worker, rt_audit;

-- A function made later is not executable by everyone until a migration says so.
alter default privileges revoke execute on functions from public;
alter default privileges in schema lx revoke all on tables from public;

-- ——— storage ———

create table if not exists lx.schema_migration (
  number text collate "C" primary key,
  name text not null,
  sha256 text not null,
  applied_at timestamptz not null default now()
);
comment on table lx.schema_migration is 'class:R; which numbered migration was applied, and the checksum it had';
alter table lx.schema_migration enable row level security;
alter table lx.schema_migration force row level security;
create policy read on lx.schema_migration for select to rt_audit, rt_worker using (true);
grant select on lx.schema_migration to rt_audit, rt_worker;

create table lx.projection_state (
  name text collate "C" primary key,
  version integer not null,
  checked_at timestamptz not null,
  rows bigint not null,
  differing bigint not null check (differing >= 0)
);
comment on table lx.projection_state is 'class:R; when a projection was last rebuilt from its facts and compared, and how many rows differed';
alter table lx.projection_state enable row level security;
alter table lx.projection_state force row level security;
create policy read on lx.projection_state for select to rt_audit, rt_worker using (true);
grant select on lx.projection_state to rt_audit, rt_worker;

-- ——— http: the answer of every command, kept for ever ———

create table lx.command (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  actor text collate "C" not null check (length(actor) between 1 and 200),
  command_id text collate "C" not null check (length(command_id) between 1 and 200),
  route text not null,
  fingerprint bytea not null check (octet_length(fingerprint) = 32),
  status integer not null check (status between 200 and 499),
  answer text not null,
  recorded_at timestamptz not null,
  constraint command_pkey primary key (county, actor, command_id)
);
comment on table lx.command is 'class:J; a command carried out or refused, with the answer that a repetition gets; never expires';
comment on column lx.command.fingerprint is 'SHA-256 of method, route template and canonical body';
comment on column lx.command.answer is 'JSON as text: {"body": …} or {"faults": […]}; never an answer of 500 or above';
alter table lx.command enable row level security;
alter table lx.command force row level security;
-- Whoever is logged in sees and writes only his own commands; a visitor only those that belong to no person.
create policy own_read on lx.command for select to rt_resident, rt_office using (
  county = nullif(current_setting('lx.county', true), '') and actor = 'person:' || nullif(current_setting('lx.uid', true), ''));
create policy own_write on lx.command for insert to rt_resident, rt_office with check (
  county = nullif(current_setting('lx.county', true), '') and actor = 'person:' || nullif(current_setting('lx.uid', true), ''));
create policy visitor_read on lx.command for select to rt_public using (
  county = nullif(current_setting('lx.county', true), '') and actor not like 'person:%' and actor not like 'system:%');
create policy visitor_write on lx.command for insert to rt_public with check (
  county = nullif(current_setting('lx.county', true), '') and actor not like 'person:%' and actor not like 'system:%');
create policy system_read on lx.command for select to rt_worker using (
  county = nullif(current_setting('lx.county', true), '') and actor like 'system:%');
create policy system_write on lx.command for insert to rt_worker with check (
  county = nullif(current_setting('lx.county', true), '') and actor like 'system:%');
grant select, insert on lx.command to rt_public, rt_resident, rt_office, rt_worker;

-- ——— journal ———

create table lx.journal_entry (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  id uuid not null,
  kind text collate "C" not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  person uuid,
  command_id text collate "C",
  pub jsonb not null,
  private jsonb not null,
  seed bytea,
  leaf text collate "C" not null check (leaf in ('public', 'private-day')),
  recorded_at timestamptz not null,
  log_index bigint,
  erased_at timestamptz,
  primary key (county, id),
  check ((seed is null) = (erased_at is not null)),
  check (seed is null or octet_length(seed) = 16)
);
comment on table lx.journal_entry is 'class:J; 全程纪实: one entry for every command, in its transaction; the sequencer makes leaves of the public log from it afterwards';
comment on column lx.journal_entry.private is 'one JSON object; each key is a field that the leaf commits to under the seed';
comment on column lx.journal_entry.seed is '16 random bytes; without them the leaf says nothing. Erased together with what is private when a person is erased';
comment on column lx.journal_entry.log_index is 'position in the county''s log of its year; null until sealed. A marker, not a high-water mark: an entry that commits late is not lost';
create unique index journal_entry_seed on lx.journal_entry (seed);
create index journal_entry_division on lx.journal_entry (county, division, id);
create index journal_entry_waiting on lx.journal_entry (county, recorded_at, id) where log_index is null;
alter table lx.journal_entry enable row level security;
alter table lx.journal_entry force row level security;
create policy write on lx.journal_entry for insert to rt_public, rt_resident, rt_office, rt_worker, rt_auth with check (
  county = nullif(current_setting('lx.county', true), '')
  and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), ''));
create policy read on lx.journal_entry for select to rt_journal using (true);
create policy seal on lx.journal_entry for update to rt_journal using (log_index is null) with check (log_index is not null);
create policy audit on lx.journal_entry for select to rt_audit using (
  county = nullif(current_setting('lx.county', true), '')
  and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), ''));
grant insert on lx.journal_entry to rt_public, rt_resident, rt_office, rt_worker, rt_auth;
grant select, update (log_index) on lx.journal_entry to rt_journal;
grant select on lx.journal_entry to rt_audit;

-- ——— outbox ———

create table lx.outbox (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  id uuid not null,
  effect text collate "C" not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  act uuid,
  payload jsonb not null,
  recorded_at timestamptz not null,
  not_before timestamptz not null,
  attempts integer not null default 0,
  done_at timestamptz,
  failed_at timestamptz,
  last_error text,
  primary key (county, id)
);
comment on table lx.outbox is 'class:J; effects that leave the database, queued in the transaction of their act; the worker fills attempts, done_at, failed_at, last_error';
comment on column lx.outbox.failed_at is 'when the last try was given up; a person has to look';
create index outbox_waiting on lx.outbox (not_before, county, id) where done_at is null and failed_at is null;
create index outbox_division on lx.outbox (county, division, id);
alter table lx.outbox enable row level security;
alter table lx.outbox force row level security;
create policy write on lx.outbox for insert to rt_public, rt_resident, rt_office, rt_worker, rt_auth with check (
  county = nullif(current_setting('lx.county', true), '')
  and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), ''));
create policy work on lx.outbox for select to rt_worker using (true);
create policy mark on lx.outbox for update to rt_worker using (true) with check (true);
grant insert on lx.outbox to rt_public, rt_resident, rt_office, rt_worker, rt_auth;
grant select, update (attempts, not_before, done_at, failed_at, last_error) on lx.outbox to rt_worker;

-- ——— policy packs: the full text of every version ever used ———

create table lx.pack_version (
  hash bytea primary key check (octet_length(hash) = 32),
  pack text collate "C" not null,
  version text collate "C" not null,
  title text not null,
  body jsonb not null,
  in_force_from date,
  recorded_at timestamptz not null
);
comment on table lx.pack_version is 'class:R; 政策包: every version that a matter was ever opened under, whole and merged, so that no running matter changes with a file';
create index pack_version_pack on lx.pack_version (pack, recorded_at);
alter table lx.pack_version enable row level security;
alter table lx.pack_version force row level security;
create policy read on lx.pack_version for select to rt_public, rt_resident, rt_office, rt_worker, rt_audit using (true);
grant select on lx.pack_version to rt_public, rt_resident, rt_office, rt_worker, rt_audit;

create table lx.pack_activation (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  id uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  pack text collate "C" not null,
  version_hash bytea not null references lx.pack_version (hash),
  valid_from date not null,
  valid_to date,
  recorded_at timestamptz not null,
  primary key (county, id),
  check (valid_to is null or valid_to > valid_from)
);
comment on table lx.pack_activation is 'class:A; which pack applies in which division from when; a village may run several';
create index pack_activation_division on lx.pack_activation (county, division, pack, valid_from);
alter table lx.pack_activation enable row level security;
alter table lx.pack_activation force row level security;
-- What rules apply is public; a village also reads what its township and county activated, hence the whole county.
create policy read on lx.pack_activation for select to rt_public, rt_resident, rt_office, rt_worker, rt_audit using (
  county = nullif(current_setting('lx.county', true), ''));
create policy write on lx.pack_activation for insert to rt_office with check (
  county = nullif(current_setting('lx.county', true), '')
  and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), '')
  and strpos(nullif(current_setting('lx.caps', true), ''), ',administer,') > 0);
grant select on lx.pack_activation to rt_public, rt_resident, rt_office, rt_worker, rt_audit;
grant insert on lx.pack_activation to rt_office;
