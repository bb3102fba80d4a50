-- Who reads what about whom: a minor's record takes an approval by somebody else, everybody sees who read his own data, and nobody
-- gives an administrator's post alone.

create table lx.minor_access (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  id uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  person uuid not null,
  purpose text not null check (length(purpose) between 2 and 300),
  asked_by uuid not null,
  asked_at timestamptz not null,
  decided_by uuid check (decided_by <> asked_by),
  decided_at timestamptz,
  approved boolean,
  valid_until timestamptz,
  primary key (county, id),
  foreign key (county, person) references lx.person (county, id),
  check ((decided_by is null) = (decided_at is null) and (decided_by is null) = (approved is null)),
  check (approved is not true or valid_until is not null)
);
comment on table lx.minor_access is 'class:A; requests to read the record of a person under eighteen 未成年人信息查阅申请: what for, decided by somebody else, for a limited time';
create index minor_access_division on lx.minor_access (county, division, id);
create index minor_access_running on lx.minor_access (county, asked_by, person) where approved;
alter table lx.minor_access enable row level security;
alter table lx.minor_access force row level security;
create policy office_reads on lx.minor_access for select to rt_office using (
  county = nullif(current_setting('lx.county', true), '')
  and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), ''));
create policy office_asks on lx.minor_access for insert to rt_office with check (
  county = nullif(current_setting('lx.county', true), '')
  and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), '')
  and asked_by = nullif(current_setting('lx.uid', true), '')::uuid and decided_by is null);
create policy another_decides on lx.minor_access for update to rt_office using (
  county = nullif(current_setting('lx.county', true), '')
  and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), '')
  and strpos(nullif(current_setting('lx.caps', true), ''), ',approve-minors,') > 0
  and asked_by <> nullif(current_setting('lx.uid', true), '')::uuid and decided_by is null)
  with check (county = nullif(current_setting('lx.county', true), '')
    and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), '')
    and decided_by = nullif(current_setting('lx.uid', true), '')::uuid);
grant select, insert on lx.minor_access to rt_office;
grant update (decided_by, decided_at, approved, valid_until) on lx.minor_access to rt_office;

-- What concerns oneself: who read it, when, in which office, what for.
create policy own_reads on lx.access_log for select to rt_resident using (
  county = nullif(current_setting('lx.county', true), '') and subject = nullif(current_setting('lx.uid', true), ''));
grant select on lx.access_log to rt_resident;
create index access_log_subject on lx.access_log (county, subject, id) where subject is not null;

create table lx.appointment_proposal (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  id uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  person uuid not null,
  post text collate "C" not null references lx.post (id),
  body uuid not null,
  valid_from date not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  confirmed_by uuid check (confirmed_by not in (asked_by, person)),
  confirmed_at timestamptz,
  primary key (county, id),
  foreign key (county, person) references lx.person (county, id),
  foreign key (county, body) references lx.body (county, id),
  check ((confirmed_by is null) = (confirmed_at is null))
);
comment on table lx.appointment_proposal is 'class:A; proposals 双人授权 to give somebody a post that administers the system: one proposes, another confirms, neither is the person concerned';
create index appointment_proposal_division on lx.appointment_proposal (county, division, id);
alter table lx.appointment_proposal enable row level security;
alter table lx.appointment_proposal force row level security;
create policy office_reads on lx.appointment_proposal for select to rt_office using (
  county = nullif(current_setting('lx.county', true), '')
  and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), ''));
create policy office_proposes on lx.appointment_proposal for insert to rt_office with check (
  county = nullif(current_setting('lx.county', true), '')
  and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), '')
  and strpos(nullif(current_setting('lx.caps', true), ''), ',appoint,') > 0
  and asked_by = nullif(current_setting('lx.uid', true), '')::uuid and confirmed_by is null);
create policy another_confirms on lx.appointment_proposal for update to rt_office using (
  county = nullif(current_setting('lx.county', true), '')
  and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), '')
  and strpos(nullif(current_setting('lx.caps', true), ''), ',appoint,') > 0
  and asked_by <> nullif(current_setting('lx.uid', true), '')::uuid
  and person <> nullif(current_setting('lx.uid', true), '')::uuid and confirmed_by is null)
  with check (county = nullif(current_setting('lx.county', true), '')
    and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), '')
    and confirmed_by = nullif(current_setting('lx.uid', true), '')::uuid);
grant select, insert on lx.appointment_proposal to rt_office;
grant update (confirmed_by, confirmed_at) on lx.appointment_proposal to rt_office;

-- The database says it too: a post that administers is given by the second of two persons, or not at all.
create policy two_persons on lx.appointment as restrictive for insert to rt_office with check (
  not exists (select from lx.post p where p.id = appointment.post and 'administer' = any (p.capabilities))
  or exists (select from lx.appointment_proposal x where x.county = appointment.county and x.person = appointment.person
    and x.post = appointment.post and x.body = appointment.body
    and x.confirmed_by = nullif(current_setting('lx.uid', true), '')::uuid));
