-- What an office may write about grids, doors and cards needs the duty, in the tables as in the commands.

do $$
declare
  one record;
begin
  for one in select * from (values
    ('grid_map', $q$,keep-places,$q$), ('grid_shape', $q$,keep-places,$q$), ('chart_posting', $q$,keep-places,$q$),
    ('household_point', $q$,keep-places,$q$), ('household_card', $q$,keep-cards,$q$), ('household_card_entry', $q$,keep-cards,$q$)) as duties (name, duty)
  loop
    execute format($p$create policy duty_adds on lx.%I as restrictive for insert to rt_office with check (
      strpos(nullif(current_setting('lx.caps', true), ''), %L) > 0)$p$, one.name, one.duty);
  end loop;
  for one in select * from (values ('household_point', $q$,keep-places,$q$), ('household_card', $q$,keep-cards,$q$)) as duties (name, duty) loop
    execute format($p$create policy duty_changes on lx.%I as restrictive for update to rt_office using (
      strpos(nullif(current_setting('lx.caps', true), ''), %L) > 0)$p$, one.name, one.duty);
  end loop;
end $$;

-- What a card says is read by whoever keeps cards, and by nobody else in an office.
create policy duty_reads on lx.household_card_entry as restrictive for select to rt_office using (
  strpos(nullif(current_setting('lx.caps', true), ''), ',keep-cards,') > 0);

-- Whoever keeps places draws the grids; whoever assigns contacts may enter a household together with its grid.
create policy duty_adds on lx.grid_household as restrictive for insert to rt_office with check (
  strpos(nullif(current_setting('lx.caps', true), ''), ',keep-places,') > 0
  or strpos(nullif(current_setting('lx.caps', true), ''), ',assign-contacts,') > 0);
create policy duty_changes on lx.grid_household as restrictive for update to rt_office using (
  strpos(nullif(current_setting('lx.caps', true), ''), ',keep-places,') > 0
  or strpos(nullif(current_setting('lx.caps', true), ''), ',assign-contacts,') > 0);
