-- Registers of the policy packs: what stands, and the dated changes it follows from.

create table lx.record (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  id uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  register text collate "C" not null check (register ~ '^[a-z][a-z0-9-]{0,79}$'),
  fields jsonb not null,
  since date not null,
  ended_on date,
  version integer not null check (version > 0),
  recorded_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (county, id)
);
comment on table lx.record is 'class:A; records 登记项 of the registers that packs define; fields, since, ended_on and version follow from record_change';
create index record_division on lx.record (county, division, register, id);
create index record_register on lx.record (county, register, id);

create table lx.record_change (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  id uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  record uuid not null,
  kind text collate "C" not null check (kind in ('enter', 'change', 'end')),
  valid_from date not null,
  fields jsonb not null,
  reason text not null check (length(reason) <= 500),
  corrects uuid,
  person uuid not null,
  office_post text collate "C" not null,
  office_body uuid not null,
  command_id text collate "C" not null,
  recorded_at timestamptz not null,
  primary key (county, id),
  check (kind = 'enter' or reason <> ''),
  foreign key (county, record) references lx.record (county, id),
  foreign key (county, corrects) references lx.record_change (county, id)
);
comment on table lx.record_change is 'class:J; changes 登记变更 of records: entered, changed, ended, each dated, with a reason and the office; a correction points at the change it takes the place of';
create index record_change_record on lx.record_change (county, record, id);
create index record_change_division on lx.record_change (county, division, id);
-- A change is corrected once; a further correction corrects the correction.
create unique index record_change_corrects on lx.record_change (county, corrects) where corrects is not null;

do $$
declare name text;
begin
  foreach name in array array['record', 'record_change'] loop
    execute format('alter table lx.%I enable row level security', name);
    execute format('alter table lx.%I force row level security', name);
    execute format($p$create policy office_reads on lx.%I for select to rt_office using (
      county = nullif(current_setting('lx.county', true), '')
      and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), ''))$p$, name);
    execute format($p$create policy office_adds on lx.%I for insert to rt_office with check (
      county = nullif(current_setting('lx.county', true), '')
      and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), ''))$p$, name);
    execute format('grant select, insert on lx.%I to rt_office', name);
  end loop;
end $$;
create policy office_changes on lx.record for update to rt_office using (
  county = nullif(current_setting('lx.county', true), '')
  and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), ''))
  with check (county = nullif(current_setting('lx.county', true), '')
  and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), ''));
grant update (fields, since, ended_on, version, updated_at) on lx.record to rt_office;
