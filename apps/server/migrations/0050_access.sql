-- Log-in 登录: accounts, sessions, credentials (the tables of better-auth, in our names), and tries that failed.
-- They are needed before anybody is known, so they are no tenant's and only rt_auth reaches them (class L).

create table lx.account (
  id text collate "C" primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  username text collate "C" not null unique,
  display_username text,
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  person uuid not null,
  disabled_at timestamptz,
  two_factor_enabled boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (county, person)
);
comment on table lx.account is 'class:L; 账号: a log-in of one person; says who somebody is, never what he may do, that comes from appointments';
comment on column lx.account.email is 'made up from the id and never written to; the log-in library wants one';

create table lx.session (
  id text collate "C" primary key,
  token text collate "C" not null unique,
  account_id text collate "C" not null references lx.account (id) on delete cascade,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table lx.session is 'class:L; 会话: who is logged in until when';
create index session_account on lx.session (account_id);
create index session_expires on lx.session (expires_at);

create table lx.credential (
  id text collate "C" primary key,
  account_id text collate "C" not null references lx.account (id) on delete cascade,
  provider_id text collate "C" not null,
  provider_account_id text collate "C" not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, provider_account_id)
);
comment on table lx.credential is 'class:L; how an account proves itself: a password (scrypt), or a sign-on of the county''s';
create index credential_account on lx.credential (account_id);

create table lx.verification (
  id text collate "C" primary key,
  identifier text collate "C" not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table lx.verification is 'class:L; short-lived challenges of the log-in library';
create index verification_identifier on lx.verification (identifier);

create table lx.sign_in_attempt (
  kind text collate "C" not null check (kind in ('name', 'address', 'name-at-address')),
  key_hash bytea not null check (octet_length(key_hash) = 32),
  failures integer not null check (failures >= 1),
  first_failed_at timestamptz not null,
  blocked_until timestamptz,
  primary key (kind, key_hash)
);
comment on table lx.sign_in_attempt is 'class:L; failed log-ins, counted for a typed name, an address, and both; keyed hashes, so that the table names nobody';
create index sign_in_attempt_age on lx.sign_in_attempt (first_failed_at);

do $$
declare t text;
begin
  foreach t in array array['account', 'session', 'credential', 'verification', 'sign_in_attempt'] loop
    execute format('alter table lx.%I enable row level security', t);
    execute format('alter table lx.%I force row level security', t);
    execute format('create policy log_in on lx.%I for all to rt_auth using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on lx.%I to rt_auth', t);
  end loop;
end $$;

-- ——— who read which personal data ———

create table lx.access_log (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  id uuid not null,
  person uuid not null,
  office_post text collate "C",
  office_body uuid,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  what text collate "C" not null,
  subject text,
  purpose text not null check (length(purpose) between 1 and 300),
  request_id text,
  recorded_at timestamptz not null,
  primary key (county, id)
);
comment on table lx.access_log is 'class:J; who read which personal data, in which office, and what for';
create index access_log_division on lx.access_log (county, division, id);
alter table lx.access_log enable row level security;
alter table lx.access_log force row level security;
create policy write on lx.access_log for insert to rt_resident, rt_office with check (
  county = nullif(current_setting('lx.county', true), '') and person = nullif(current_setting('lx.uid', true), '')::uuid);
create policy audit on lx.access_log for select to rt_audit using (
  county = nullif(current_setting('lx.county', true), '')
  and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), ''));
grant insert on lx.access_log to rt_resident, rt_office;
grant select on lx.access_log to rt_audit;

-- ——— attachments ———

create table lx.file (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  id uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  sha256 bytea not null check (octet_length(sha256) = 32),
  media_type text collate "C" not null,
  bytes bigint not null check (bytes > 0),
  width integer,
  height integer,
  name text not null check (length(name) between 1 and 200),
  uploaded_by uuid,
  recorded_at timestamptz not null,
  primary key (county, id)
);
comment on table lx.file is 'class:A; 附件: an attachment as it was sent; the bytes lie in the files folder under their hash, the same bytes once';
comment on column lx.file.media_type is 'found in the content, never taken from the name';
comment on column lx.file.sha256 is 'of the bytes as kept: an image is written anew without its metadata first';
create index file_division on lx.file (county, division, id);

create table lx.file_use (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  file uuid not null,
  subject_kind text collate "C" not null check (subject_kind in ('matter', 'disclosure', 'record')),
  subject uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  recorded_at timestamptz not null,
  primary key (county, file, subject_kind, subject),
  foreign key (county, file) references lx.file (county, id)
);
comment on table lx.file_use is 'class:A; what an attachment belongs to; who may read that may read the attachment';
create index file_use_division on lx.file_use (county, division, subject_kind, subject);
create index file_use_subject on lx.file_use (county, subject_kind, subject);
alter table lx.file_use enable row level security;
alter table lx.file_use force row level security;
create policy read on lx.file_use for select to rt_public, rt_resident, rt_office, rt_worker using (
  county = nullif(current_setting('lx.county', true), '')
  and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), ''));
create policy write on lx.file_use for insert to rt_public, rt_resident, rt_office, rt_worker with check (
  county = nullif(current_setting('lx.county', true), '')
  and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), ''));
grant select, insert on lx.file_use to rt_public, rt_resident, rt_office, rt_worker;

alter table lx.file enable row level security;
alter table lx.file force row level security;
-- A file is seen by whoever sent it, and by whoever sees something it belongs to; the rule of that something is asked besides.
create policy own on lx.file for select to rt_resident, rt_office using (
  county = nullif(current_setting('lx.county', true), '') and uploaded_by = nullif(current_setting('lx.uid', true), '')::uuid);
create policy used on lx.file for select to rt_public, rt_resident, rt_office, rt_worker using (
  county = nullif(current_setting('lx.county', true), '')
  and exists (select from lx.file_use u where u.county = file.county and u.file = file.id));
create policy write on lx.file for insert to rt_public, rt_resident, rt_office with check (
  county = nullif(current_setting('lx.county', true), '')
  and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), '')
  and uploaded_by is not distinct from nullif(current_setting('lx.uid', true), '')::uuid);
grant select, insert on lx.file to rt_public, rt_resident, rt_office;
grant select on lx.file to rt_worker;
