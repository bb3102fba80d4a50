-- Webhooks 推送: another system is told of public acts as they enter the public log. What is told stands in the log anyway; where it goes and
-- how it went is the county administrator's business alone. The secret is in no table: it is made from the installation's key and the row's id.

create table lx.webhook (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  id uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}$'),
  title text not null check (length(title) between 1 and 60),
  url text not null check (length(url) between 10 and 500),
  kinds text[] not null check (cardinality(kinds) between 1 and 20),
  made_by uuid not null,
  recorded_at timestamptz not null,
  log_year integer not null,
  log_index bigint not null,
  failing_since timestamptz,
  off_at timestamptz,
  off_because text,
  ended_at timestamptz,
  primary key (county, id),
  check ((off_at is null) = (off_because is null))
);
comment on table lx.webhook is 'class:A; webhooks 推送: which other system of the county is told of which public acts; read and kept by the county''s administrators alone';
comment on column lx.webhook.log_index is 'leaves of the log after this one are still to be told; moves on in the transaction that queues them';
comment on column lx.webhook.failing_since is 'since when nothing has arrived; null after the first success';
comment on column lx.webhook.off_because is 'why nothing is sent any more, in words: long failure, or an administrator''s choice';
create index webhook_division on lx.webhook (county, division, id);

create table lx.webhook_delivery (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  webhook uuid not null,
  message text collate "C" not null check (length(message) between 1 and 100),
  division text collate "C" not null check (division ~ '^[0-9]{12}$'),
  kind text collate "C" not null,
  attempts integer not null default 0,
  status integer,
  said text,
  recorded_at timestamptz not null,
  tried_at timestamptz,
  done_at timestamptz,
  given_up_at timestamptz,
  primary key (county, webhook, message),
  foreign key (county, webhook) references lx.webhook (county, id)
);
comment on table lx.webhook_delivery is 'class:A; how each message of a webhook went 推送记录: tries, the answer''s status or what went wrong; never what the other system answered';
create index webhook_delivery_division on lx.webhook_delivery (county, division, webhook, recorded_at desc);

do $$
declare
  t text;
  kept constant text := $r$county = nullif(current_setting('lx.county', true), '')
    and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), '')
    and strpos(nullif(current_setting('lx.caps', true), ''), ',administer,') > 0$r$;
  worked constant text := $r$county = nullif(current_setting('lx.county', true), '')
    and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), '')$r$;
begin
  foreach t in array array['webhook', 'webhook_delivery'] loop
    execute format('alter table lx.%I enable row level security', t);
    execute format('alter table lx.%I force row level security', t);
    execute format('create policy administrator_reads on lx.%I for select to rt_office using (%s)', t, kept);
    execute format('create policy worker_reads on lx.%I for select to rt_worker using (%s)', t, worked);
    execute format('create policy worker_marks on lx.%I for update to rt_worker using (%s) with check (%s)', t, worked, worked);
  end loop;
  execute format('create policy administrator_adds on lx.webhook for insert to rt_office with check (%s and made_by = nullif(current_setting(''lx.uid'', true), '''')::uuid)', kept);
  execute format('create policy administrator_changes on lx.webhook for update to rt_office using (%s) with check (%s)', kept, kept);
  execute format('create policy worker_adds on lx.webhook_delivery for insert to rt_worker with check (%s)', worked);
end $$;
grant select on lx.webhook, lx.webhook_delivery to rt_office, rt_worker;
grant insert on lx.webhook to rt_office;
grant update (off_at, off_because, failing_since, ended_at) on lx.webhook to rt_office;
grant update (log_year, log_index, failing_since, off_at, off_because) on lx.webhook to rt_worker;
grant insert on lx.webhook_delivery to rt_worker;
grant update (attempts, status, said, tried_at, done_at, given_up_at) on lx.webhook_delivery to rt_worker;
