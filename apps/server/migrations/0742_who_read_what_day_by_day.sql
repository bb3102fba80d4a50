-- The day's reading of personal data is sealed too (audit.day), so that nobody trims who read what afterwards.
create policy seal on lx.access_log for select to rt_journal using (county = nullif(current_setting('lx.county', true), ''));
grant select on lx.access_log to rt_journal;
create index access_log_day on lx.access_log (county, recorded_at);
