-- Counts are summed over whole ranges, where reading the settings for each row cost more than the rows. As subqueries they are read once a
-- statement; the primary key still serves the range. Where a list stops after fifty rows the bare setting stays right, since the planner needs its value.
do $$
declare
  in_range constant text := $q$county = nullif(current_setting('lx.county', true), '')
    and division >= (select nullif(current_setting('lx.lo', true), '')) and division < (select nullif(current_setting('lx.hi', true), ''))$q$;
begin
  execute format('alter policy range_read on lx.matter_count using (%s)', in_range);
  execute format('alter policy public_read on lx.matter_count using (%s)', in_range);
end $$;
