-- Certificates of decisions 决议证书: what was decided, by whom, with which counts and under which rule, made from leaves of the public log.

create table lx.certificate (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  id uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  matter uuid not null,
  title text check (length(title) between 1 and 200),
  result text collate "C" not null,
  body text collate "C" not null check (octet_length(body) <= 65536),
  journal uuid not null,
  ended_at timestamptz not null,
  issued_at timestamptz not null,
  primary key (county, id),
  unique (county, matter, ended_at),
  foreign key (county, matter) references lx.matter (county, id)
);
comment on table lx.certificate is 'class:O; 决议证书: one for each ending of a public decision; never changed';
comment on column lx.certificate.title is 'null where the title holds personal data';
comment on column lx.certificate.body is 'canonical JSON, as its hash stands in the leaf of kind certificate';
comment on column lx.certificate.journal is 'the journal entry whose leaf has the hash';
create index certificate_place on lx.certificate (county, division, issued_at);

alter table lx.certificate enable row level security;
alter table lx.certificate force row level security;
create policy read on lx.certificate for select to rt_public, rt_resident, rt_office, rt_worker, rt_audit, rt_journal using (true);
create policy write on lx.certificate for insert to rt_worker with check (
  county = nullif(current_setting('lx.county', true), '')
  and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), ''));
grant select on lx.certificate to rt_public, rt_resident, rt_office, rt_worker, rt_audit, rt_journal;
grant insert on lx.certificate to rt_worker;

-- The steps of a decision belong together by its public id.
create index journal_entry_decision on lx.journal_entry (county, (pub ->> 'matter')) where kind = 'decision';
