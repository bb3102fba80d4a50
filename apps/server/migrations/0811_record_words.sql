-- Whom a record is about reads it by the code of a paper slip and says so: it is right, or what is wrong with it.

create table lx.record_word (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  id uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  record uuid not null,
  version integer not null check (version > 0),
  kind text collate "C" not null check (kind in ('confirmed', 'objection')),
  text text not null check (length(text) <= 500 and (kind = 'objection') = (text <> '')),
  recorded_at timestamptz not null,
  primary key (county, id),
  foreign key (county, record) references lx.record (county, id)
);
comment on table lx.record_word is 'class:J; what the person or household a record is about said of it 本人确认、本人意见, by the code of the slip; about the version they saw';
comment on column lx.record_word.version is 'the version of the record that was looked at: a later change asks anew';
create index record_word_record on lx.record_word (county, record, version);
create index record_word_division on lx.record_word (county, division, id);
alter table lx.record_word enable row level security;
alter table lx.record_word force row level security;
create policy office_reads on lx.record_word for select to rt_office using (
  county = nullif(current_setting('lx.county', true), '')
  and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), ''));
create policy slip_reads on lx.record_word for select to rt_worker using (
  county = nullif(current_setting('lx.county', true), '')
  and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), ''));
create policy slip_writes on lx.record_word for insert to rt_worker with check (
  county = nullif(current_setting('lx.county', true), '')
  and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), ''));
grant select on lx.record_word to rt_office, rt_worker;
grant insert on lx.record_word to rt_worker;

-- The page of a slip is made by the system, for the holder of the code alone.
create policy slip_reads on lx.record for select to rt_worker using (
  county = nullif(current_setting('lx.county', true), '')
  and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), ''));
create policy slip_reads on lx.record_change for select to rt_worker using (
  county = nullif(current_setting('lx.county', true), '')
  and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), ''));
grant select on lx.record, lx.record_change to rt_worker;
