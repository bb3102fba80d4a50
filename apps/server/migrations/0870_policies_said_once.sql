-- What two policies say, or two conditions of one, no check can tell apart: each is said once. The worker reads records by one policy and counts
-- uses of a page for the whole county, as it works; rolls and papers of a ballot are seen with their ballot, whose own policy knows the range.

drop policy slip_reads on lx.record;
alter policy page_counts on lx.decision_use using (county = nullif(current_setting('lx.county', true), ''))
  with check (county = nullif(current_setting('lx.county', true), ''));
alter policy with_the_ballot on lx.secret_ballot_roll using (county = nullif(current_setting('lx.county', true), '')
  and exists (select 1 from lx.secret_ballot s where s.county = secret_ballot_roll.county and s.id = secret_ballot_roll.ballot));
alter policy with_the_ballot on lx.secret_ballot_paper using (county = nullif(current_setting('lx.county', true), '')
  and exists (select 1 from lx.secret_ballot s where s.county = secret_ballot_paper.county and s.id = secret_ballot_paper.ballot));

-- Webhooks are read within the range that adds and changes them.
do $$
declare t text;
begin
  foreach t in array array['webhook', 'webhook_delivery'] loop
    execute format($p$alter policy administrator_reads on lx.%I using (
      county = nullif(current_setting('lx.county', true), '')
      and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), '')
      and strpos(nullif(current_setting('lx.caps', true), ''), ',administer,') > 0)$p$, t);
  end loop;
end $$;
