-- A row that ends on the day it begins never held: it was entered by mistake and is withdrawn, and history keeps it. Before, a mistake of today
-- could not be undone today.

do $$
declare found record;
begin
  for found in select c.conrelid::regclass as on_table, c.conname from pg_constraint c join pg_class t on t.oid = c.conrelid
      where t.relnamespace = 'lx'::regnamespace and c.contype = 'c' and pg_get_constraintdef(c.oid) = 'CHECK ((valid_to > valid_from))'
        and t.relname in ('body', 'body_link', 'appointment', 'establishment', 'duty_contact', 'office_management', 'party_membership',
          'service_room', 'village_standing') loop
    execute format('alter table %s drop constraint %I', found.on_table, found.conname);
    execute format('alter table %s add constraint %I check (valid_to >= valid_from)', found.on_table, found.conname);
  end loop;
end $$;
comment on column lx.body.valid_to is 'first day on which it no longer holds; the day it began on for one entered by mistake 登记有误, which never held';
comment on column lx.body_link.valid_to is 'first day on which it no longer holds; the day it began on for one entered by mistake, which never held';
comment on column lx.appointment.valid_to is 'first day on which it no longer holds; the day it began on for one entered by mistake, which never held';
