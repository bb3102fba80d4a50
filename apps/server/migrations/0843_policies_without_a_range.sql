-- The worker works for a whole county, and webhooks are read by the county's administrators alone: a range of divisions in these policies says
-- nothing that the county does not say already, and what says nothing cannot be checked. Whoever adds or changes a webhook stays in the range.

do $$
declare
  at record;
  worked constant text := $r$county = nullif(current_setting('lx.county', true), '')$r$;
begin
  for at in select * from (values
    ('webhook', 'worker_reads', 'r'), ('webhook', 'worker_marks', 'w'),
    ('webhook_delivery', 'worker_reads', 'r'), ('webhook_delivery', 'worker_marks', 'w'), ('webhook_delivery', 'worker_adds', 'a'),
    ('mail_address', 'worker_reads', 'r'), ('mail_address', 'worker_confirms', 'w'), ('mail_address', 'worker_stops', 'r'),
    ('matter_mail', 'worker_reads', 'r'), ('matter_mail', 'worker_confirms', 'w'), ('matter_mail', 'worker_stops', 'r'),
    ('push_subscription', 'worker_reads', 'r'), ('push_subscription', 'worker_marks', 'w'), ('push_subscription', 'worker_removes', 'r')
  ) as policies (of_table, named, kind) loop
    if at.kind = 'a' then
      execute format('alter policy %I on lx.%I with check (%s)', at.named, at.of_table, worked);
    elsif at.kind = 'w' then
      execute format('alter policy %I on lx.%I using (%s) with check (%s)', at.named, at.of_table, worked, worked);
    else
      execute format('alter policy %I on lx.%I using (%s)', at.named, at.of_table, worked);
    end if;
  end loop;
end $$;
alter policy administrator_reads on lx.webhook using (
  county = nullif(current_setting('lx.county', true), '')
  and strpos(nullif(current_setting('lx.caps', true), ''), ',administer,') > 0);
alter policy administrator_reads on lx.webhook_delivery using (
  county = nullif(current_setting('lx.county', true), '')
  and strpos(nullif(current_setting('lx.caps', true), ''), ',administer,') > 0);
