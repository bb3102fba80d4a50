-- Meetings 会议: who was called to what, who came, what was voted on item by item, what the minutes say. What a vote decides is an act on its matter;
-- here stands what the act rests on: the frozen roll, the attendance by channel, the counts as two people typed them.
--
-- A meeting of a Party body is seen by those invited and by offices that may read members; a meeting of the villagers is open to everybody, without names.

create table lx.meeting (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  id uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  roll text collate "C" not null check (roll ~ '^[a-z][a-z-]*$'),
  body_name text not null check (length(body_name) between 1 and 80),
  title text not null check (length(title) between 1 and 120),
  meets_at timestamptz not null,
  room text not null check (length(room) between 1 and 120),
  note text not null default '' check (length(note) <= 2000),
  special_reason text check (length(special_reason) between 1 and 500),
  demanded_by text check (length(demanded_by) between 1 and 120),
  called_by uuid not null,
  office_post text collate "C" not null,
  office_body uuid not null,
  called_at timestamptz not null,
  party boolean not null,
  open_to_public boolean not null,
  state text collate "C" not null check (state in ('called', 'open', 'over', 'cancelled')),
  chair uuid,
  begun_at timestamptz,
  over_at timestamptz,
  cancelled_reason text check (length(cancelled_reason) between 1 and 500),
  changes integer not null default 0,
  updated_at timestamptz not null,
  primary key (county, id),
  check (not (party and open_to_public)),
  check ((state = 'cancelled') = (cancelled_reason is not null)),
  check (begun_at is null or begun_at >= called_at)
);
create index meeting_division on lx.meeting (county, division, meets_at, id);
comment on table lx.meeting is 'class:A; meetings 会议: whose members are called (roll), to what, when and where; a Party body''s are seen by those invited and by offices that read members, the villagers'' by everybody without the names';
comment on column lx.meeting.roll is 'the word by which rules name the body whose members are entitled';
comment on column lx.meeting.special_reason is 'why the notice was shorter than the rule asks, where the rule lets it be';
comment on column lx.meeting.demanded_by is 'who demanded it and how many, in words; the demand itself is an act on the matter';

create table lx.invitation (
  county text collate "C" not null,
  meeting uuid not null,
  person uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  party boolean not null,
  told_at timestamptz not null,
  primary key (county, meeting, person),
  foreign key (county, meeting) references lx.meeting (county, id)
);
create index invitation_person on lx.invitation (county, person, meeting);
create index invitation_division on lx.invitation (county, division, meeting);
comment on table lx.invitation is 'class:P; who was told of a meeting 会议通知; a person reads the own ones, the roll is frozen only when the meeting begins';

create table lx.meeting_item (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  meeting uuid not null,
  number smallint not null check (number between 1 and 99),
  title text not null check (length(title) between 1 and 200),
  raised_by text check (length(raised_by) between 1 and 80),
  matter uuid,
  stage text collate "C",
  state text collate "C" not null check (state in ('waiting', 'voting', 'done')),
  form text collate "C" check (form in ('hands', 'paper')),
  round smallint not null default 0,
  result text collate "C" check (result in ('passed', 'rejected', 'no-quorum', 'concluded')),
  tally jsonb,
  act_seq integer,
  conclusion text check (length(conclusion) between 1 and 2000),
  handed_to uuid,
  opened_at timestamptz,
  closed_at timestamptz,
  primary key (county, id),
  foreign key (county, meeting) references lx.meeting (county, id),
  foreign key (county, matter) references lx.matter (county, id),
  foreign key (county, handed_to) references lx.matter (county, id),
  check ((matter is null) = (stage is null)),
  check ((state = 'done') = (result is not null))
);
create unique index meeting_item_number on lx.meeting_item (county, meeting, number);
create index meeting_item_matter on lx.meeting_item (county, matter) where matter is not null;
create index meeting_item_division on lx.meeting_item (county, division, id);
comment on table lx.meeting_item is 'class:A; agenda items 议题 of a meeting: one matter and one vote each, or a topic with a conclusion; the result is an act on the matter, the tally what was counted';
comment on column lx.meeting_item.stage is 'the stage or branch of the matter that the vote decides';
comment on column lx.meeting_item.act_seq is 'number of the act on the matter that recorded the result';
comment on column lx.meeting_item.handed_to is 'the matter that a conclusion was handed over to';

create table lx.roll (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  meeting uuid not null,
  body text collate "C" not null,
  on_day date not null,
  frozen_by uuid not null,
  frozen_at timestamptz not null,
  primary key (county, id),
  foreign key (county, meeting) references lx.meeting (county, id)
);
create unique index roll_meeting on lx.roll (county, meeting);
create index roll_division on lx.roll (county, division, id);
comment on table lx.roll is 'class:J; rolls 名册: whose members were entitled on the day of a meeting; frozen when it began, so that nothing later reaches into it';

create table lx.roll_entry (
  county text collate "C" not null,
  roll uuid not null,
  person uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  name text not null check (length(name) between 1 and 40),
  posts text[] not null,
  groups text[] not null,
  household uuid,
  added_because text check (length(added_because) between 1 and 200),
  primary key (county, roll, person),
  foreign key (county, roll) references lx.roll (county, id)
);
create index roll_entry_division on lx.roll_entry (county, division, roll);
comment on table lx.roll_entry is 'class:J; who was entitled 应到, each person once, with the posts, groups and household that rules count by';
comment on column lx.roll_entry.added_because is 'why somebody was entered whom the registers did not have; null for the rest';

create table lx.recusal (
  county text collate "C" not null,
  item uuid not null,
  person uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  relation text not null check (length(relation) between 1 and 80),
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (county, item, person),
  foreign key (county, item) references lx.meeting_item (county, id)
);
create index recusal_division on lx.recusal (county, division, item);
comment on table lx.recusal is 'class:J; who stood aside 回避 in one vote and why; they count neither as entitled nor as present';

create table lx.attendance (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  meeting uuid not null,
  person uuid not null,
  kind text collate "C" not null check (kind in ('came', 'struck')),
  channel text collate "C" not null check (channel in ('paper', 'phone', 'hands')),
  reason text not null default '' check (length(reason) <= 200),
  recorded_by uuid,
  recorded_at timestamptz not null,
  primary key (county, id),
  foreign key (county, meeting) references lx.meeting (county, id),
  check (kind = 'came' or reason <> '')
);
create index attendance_meeting on lx.attendance (county, meeting, id);
create index attendance_division on lx.attendance (county, division, id);
comment on table lx.attendance is 'class:J; who came 签到, by which channel, entered by whom; a mistake is struck with a reason, not erased';
comment on column lx.attendance.recorded_by is 'who entered it; null where the person used the code of the own paper slip';

create table lx.proxy (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  meeting uuid not null,
  giver uuid not null,
  holder uuid not null,
  kind text collate "C" not null check (kind in ('given', 'withdrawn')),
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (county, id),
  foreign key (county, meeting) references lx.meeting (county, id),
  check (giver <> holder)
);
create index proxy_meeting on lx.proxy (county, meeting, id);
create index proxy_division on lx.proxy (county, division, id);
comment on table lx.proxy is 'class:J; votes carried for somebody absent 委托, given or withdrawn';

create table lx.vote_count (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  item uuid not null,
  round smallint not null check (round > 0),
  issued integer not null check (issued >= 0),
  returned integer not null check (returned >= 0),
  approve integer not null check (approve >= 0),
  against integer not null check (against >= 0),
  abstain integer not null check (abstain >= 0),
  spoiled integer not null check (spoiled >= 0),
  counted_by uuid not null,
  recorded_at timestamptz not null,
  primary key (county, id),
  foreign key (county, item) references lx.meeting_item (county, id)
);
create unique index vote_count_once on lx.vote_count (county, item, round, counted_by);
create index vote_count_division on lx.vote_count (county, division, id);
comment on table lx.vote_count is 'class:J; the slips of one vote as one person typed them from the tally sheet 双人录入: two people a round, and a difference opens the next round';

create table lx.minutes (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  meeting uuid not null,
  item uuid,
  version smallint not null check (version > 0),
  text text not null check (length(text) between 1 and 20000),
  written_by uuid not null,
  recorded_at timestamptz not null,
  primary key (county, id),
  foreign key (county, meeting) references lx.meeting (county, id),
  foreign key (county, item) references lx.meeting_item (county, id)
);
create unique index minutes_version on lx.minutes (county, meeting, item, version) nulls not distinct;
create index minutes_division on lx.minutes (county, division, id);
comment on table lx.minutes is 'class:J; minutes 会议记录 of a meeting as a whole and of each vote, every version kept';

do $$
declare
  t text;
  in_range constant text := $q$county = nullif(current_setting('lx.county', true), '')
    and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), '')$q$;
  parent text;
begin
  foreach t in array array['meeting', 'invitation', 'meeting_item', 'roll', 'roll_entry', 'recusal', 'attendance', 'proxy', 'vote_count', 'minutes'] loop
    execute format('alter table lx.%I enable row level security', t);
    execute format('alter table lx.%I force row level security', t);
    execute format('create policy range_insert on lx.%I for insert to rt_office with check (%s)', t, in_range);
    execute format('grant select, insert on lx.%I to rt_office', t);
    execute format('grant select on lx.%I to rt_worker', t);
    if t not in ('meeting', 'invitation') then
      -- What hangs on a meeting is seen by whoever sees the meeting.
      parent := case
        when t in ('roll', 'meeting_item', 'attendance', 'proxy', 'minutes') then format('select 1 from lx.meeting m where m.county = %1$I.county and m.id = %1$I.meeting', t)
        when t = 'roll_entry' then 'select 1 from lx.roll r where r.county = roll_entry.county and r.id = roll_entry.roll'
        else format('select 1 from lx.meeting_item i where i.county = %1$I.county and i.id = %1$I.item', t) end;
      execute format($p$create policy with_the_meeting on lx.%I for select to rt_office, rt_worker using (
        county = nullif(current_setting('lx.county', true), '') and exists (%s))$p$, t, parent);
    end if;
  end loop;
  execute format($p$create policy office_reads on lx.meeting for select to rt_office using (%s and (not party
    or coalesce(strpos(nullif(current_setting('lx.caps', true), ''), ',read-members,'), 0) > 0))$p$, in_range);
  -- Who is invited to a Party meeting says who is a member; this policy may not look at the meeting, which looks at invitations.
  execute format($p$create policy office_reads on lx.invitation for select to rt_office using (%s and (not party
    or coalesce(strpos(nullif(current_setting('lx.caps', true), ''), ',read-members,'), 0) > 0))$p$, in_range);
  execute format('create policy worker_reads on lx.invitation for select to rt_worker using (%s)', in_range);
  execute format('create policy worker_reads on lx.meeting for select to rt_worker using (%s)', in_range);
  execute format('create policy range_update on lx.meeting for update to rt_office using (%s) with check (%s)', in_range, in_range);
  execute format('create policy range_update on lx.meeting_item for update to rt_office using (%s) with check (%s)', in_range, in_range);
  execute format('create policy range_insert_worker on lx.attendance for insert to rt_worker with check (%s)', in_range);
  execute format('create policy public_reads on lx.meeting for select to rt_public, rt_resident using (open_to_public and %s)', in_range);
end $$;
create policy own_reads on lx.invitation for select to rt_office, rt_resident using (
  county = nullif(current_setting('lx.county', true), '') and person = nullif(current_setting('lx.uid', true), '')::uuid);
create policy own_reads on lx.meeting for select to rt_office, rt_resident using (
  county = nullif(current_setting('lx.county', true), '') and exists (
    select 1 from lx.invitation i where i.county = meeting.county and i.meeting = meeting.id
      and i.person = nullif(current_setting('lx.uid', true), '')::uuid));
-- Items are read with their meeting, by the public too; of the roll and of attendance a member reads the own line.
create policy with_the_meeting_outside on lx.meeting_item for select to rt_public, rt_resident using (
  county = nullif(current_setting('lx.county', true), '')
  and exists (select 1 from lx.meeting m where m.county = meeting_item.county and m.id = meeting_item.meeting));
create policy own_reads on lx.roll for select to rt_resident using (
  county = nullif(current_setting('lx.county', true), '')
  and exists (select 1 from lx.meeting m where m.county = roll.county and m.id = roll.meeting));
create policy own_reads on lx.roll_entry for select to rt_resident using (
  county = nullif(current_setting('lx.county', true), '') and person = nullif(current_setting('lx.uid', true), '')::uuid);
create policy own_reads on lx.attendance for select to rt_resident using (
  county = nullif(current_setting('lx.county', true), '') and person = nullif(current_setting('lx.uid', true), '')::uuid);
create policy own_adds on lx.attendance for insert to rt_resident with check (
  county = nullif(current_setting('lx.county', true), '') and person = nullif(current_setting('lx.uid', true), '')::uuid and kind = 'came' and channel = 'phone'
  and recorded_by = nullif(current_setting('lx.uid', true), '')::uuid
  and exists (select 1 from lx.meeting m where m.county = attendance.county and m.id = attendance.meeting and m.state = 'open'));

grant update (title, meets_at, room, note, special_reason, state, chair, begun_at, over_at, cancelled_reason, changes, updated_at) on lx.meeting to rt_office;
grant update (state, form, round, result, tally, act_seq, conclusion, handed_to, opened_at, closed_at) on lx.meeting_item to rt_office;
grant insert on lx.attendance to rt_worker, rt_resident;
grant select on lx.invitation to rt_resident;
-- Everybody reads that a meeting is and what it decided, never who called it or was invited.
grant select (county, id, division, roll, body_name, title, meets_at, room, note, special_reason, demanded_by, called_at, party, open_to_public, state,
  begun_at, over_at, cancelled_reason, changes) on lx.meeting to rt_public;
grant select on lx.meeting to rt_resident;
grant select on lx.meeting_item to rt_public, rt_resident;
grant select on lx.roll, lx.roll_entry, lx.attendance to rt_resident;
