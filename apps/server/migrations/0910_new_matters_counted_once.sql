-- Matters opened by one statement are counted by one, in one order of rows: openings that share a transaction lock every count the same way
-- round as those of the next transaction, and never wait for each other in a ring.
create function lx.count_new_matters() returns trigger language plpgsql security definer set search_path = pg_catalog, lx as $$
begin
  insert into lx.matter_count as c (county, division, slot, opened, open, paused, ended)
  select a.county, a.village, abs(hashtext(a.id::text) % 16), count(*), count(*) filter (where a.state = 'open'),
    count(*) filter (where a.state = 'paused'), count(*) filter (where a.state = 'ended')
  from added a where a.barred is null group by 1, 2, 3 order by 1, 2, 3
  on conflict (county, division, slot) do update set opened = c.opened + excluded.opened, open = c.open + excluded.open,
    paused = c.paused + excluded.paused, ended = c.ended + excluded.ended;
  return null;
end $$;
comment on function lx.count_new_matters() is 'counts what a statement opened; definer, because nobody else may write a count';
revoke execute on function lx.count_new_matters() from public;
alter function lx.count_new_matters() set plan_cache_mode = 'force_generic_plan';
drop trigger count_new on lx.matter;
create trigger count_new after insert on lx.matter referencing new table as added for each statement execute function lx.count_new_matters();

create or replace function lx.count_matter() returns trigger language plpgsql security definer set search_path = pg_catalog, lx
  set plan_cache_mode = 'force_generic_plan' as $$
begin
  update lx.matter_count c set
    open = c.open + (new.state = 'open')::int - (old.state = 'open')::int,
    paused = c.paused + (new.state = 'paused')::int - (old.state = 'paused')::int,
    ended = c.ended + (new.state = 'ended')::int - (old.state = 'ended')::int
  where new.barred is null and c.county = new.county and c.division = new.village and c.slot = abs(hashtext(new.id::text) % 16);
  return null;
end $$;
