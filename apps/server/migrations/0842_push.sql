-- Web push 手机通知: which browsers of a person ring when something waits. The address of a browser and its keys are no name; they are the person's
-- own, and the worker's that sends. A browser that is gone is removed by itself.

create table lx.push_subscription (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  id uuid not null,
  person uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  endpoint text not null check (length(endpoint) between 10 and 1000),
  public_key text not null check (length(public_key) between 80 and 100),
  auth text not null check (length(auth) between 20 and 40),
  told_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (county, id),
  unique (county, endpoint),
  foreign key (county, person) references lx.person (county, id)
);
comment on table lx.push_subscription is 'class:P; browsers that ring when something new waits for a person 手机通知: address and keys as the browser gave them; gone when the person or the browser says so';
comment on column lx.push_subscription.told_at is 'what came into the inbox until then has been told';
create index push_subscription_person on lx.push_subscription (county, person);

alter table lx.push_subscription enable row level security;
alter table lx.push_subscription force row level security;
create policy own_reads on lx.push_subscription for select to rt_resident, rt_office using (
  county = nullif(current_setting('lx.county', true), '') and person = nullif(current_setting('lx.uid', true), '')::uuid);
create policy own_adds on lx.push_subscription for insert to rt_resident, rt_office with check (
  county = nullif(current_setting('lx.county', true), '') and person = nullif(current_setting('lx.uid', true), '')::uuid);
create policy own_removes on lx.push_subscription for delete to rt_resident, rt_office using (
  county = nullif(current_setting('lx.county', true), '') and person = nullif(current_setting('lx.uid', true), '')::uuid);
create policy worker_reads on lx.push_subscription for select to rt_worker using (
  county = nullif(current_setting('lx.county', true), '')
    and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), ''));
create policy worker_marks on lx.push_subscription for update to rt_worker using (
  county = nullif(current_setting('lx.county', true), '')
    and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), ''))
  with check (
  county = nullif(current_setting('lx.county', true), '')
    and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), ''));
create policy worker_removes on lx.push_subscription for delete to rt_worker using (
  county = nullif(current_setting('lx.county', true), '')
    and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), ''));
grant select, insert, delete on lx.push_subscription to rt_resident, rt_office;
grant select, delete, update (told_at) on lx.push_subscription to rt_worker;
