-- The clock of the device, kept as evidence beside the server's: a phone without signal writes with its own clock, which may be wrong. No deadline is
-- computed from it, and it is neither refused nor put right.
alter table lx.command add device_written_at timestamptz, add device_sent_at timestamptz;
comment on column lx.command.device_written_at is 'when the command was written, by the clock of the device; null where the device said nothing';
comment on column lx.command.device_sent_at is 'what the clock of the device said when this try was sent; against recorded_at it shows how far that clock is off';

alter table lx.contact_visit add device_sent_at timestamptz;
comment on column lx.contact_visit.device_sent_at is 'what the clock that gave occurred_at said when the visit was sent; against recorded_at it shows how far that clock is off';
