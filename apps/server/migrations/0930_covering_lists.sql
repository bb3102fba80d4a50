-- A page of the list is read from its index alone: every column that a row shows, a filter asks for or a policy looks at lies in it. What the first
-- columns do not narrow (kind, procedure, holder, lateness) is sifted within one range of the index, without a visit to the table for each row.
do $$
declare
  level text;
  place text;
begin
  foreach level in array array['county', 'township', 'village'] loop
    place := case level when 'county' then '' else level || ', ' end;
    execute format('drop index lx.matter_list_%s', level);
    execute format('create index matter_list_%s on lx.matter (county, %s state, opened_at desc, id desc) include (division, barred, holder_person,
      first_contact, filer, sampled, place, number, procedure, pack_hash, kind, subject, channel, stage, result, level, holder_body, ended_at, due,
      provisional, late_entry, version)', level, place);
  end loop;
end $$;
