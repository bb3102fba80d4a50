-- What is not published in time waits in an inbox, without a matter: it is an item of the catalogue and a period that lies open.

alter table lx.inbox_item
  alter column matter drop not null,
  add column duty text collate "C" check (duty ~ '^[a-z][a-z0-9-]{0,79}$'),
  add column duty_from date,
  add column duty_to date,
  add constraint inbox_item_about check (
    (matter is not null and duty is null and duty_from is null and duty_to is null)
    or (matter is null and duty is not null and duty_from is not null and duty_to is not null));
comment on column lx.inbox_item.duty is 'item of the catalogue that was not published in time, for the period from duty_from to duty_to; null where a matter waits';
create unique index inbox_item_duty on lx.inbox_item (county, division, body, duty, duty_from, duty_to) where duty is not null and done_at is null;

-- The sweep of deadlines, which sees a whole county, reads what was published and how busy a ledger is.
do $$
declare t text;
begin
  foreach t in array array['disclosure', 'disclosure_version', 'record'] loop
    execute format($p$create policy worker_reads on lx.%I for select to rt_worker using (
      county = nullif(current_setting('lx.county', true), '')
      and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), ''))$p$, t);
    execute format('grant select on lx.%I to rt_worker', t);
  end loop;
end $$;
-- A place whose catalogue sets no time for answers owes none by a day.
alter table lx.disclosure_question alter column due drop not null;
