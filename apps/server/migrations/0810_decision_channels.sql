-- The four channels of a village decision on its public page 知情 参与 表达 监督: how often each was used, and what residents said through them.

create table lx.decision_use (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  matter uuid not null,
  channel text collate "C" not null check (channel in ('file', 'meeting', 'comment', 'query')),
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  uses bigint not null check (uses > 0),
  primary key (county, matter, channel),
  foreign key (county, matter) references lx.matter (county, id)
);
comment on table lx.decision_use is 'class:A; how often each of the four channels of a decision was used 四权渠道: a counter and no line for a use, so that no reader leaves a track';

create table lx.decision_word (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  id uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  matter uuid not null,
  kind text collate "C" not null check (kind in ('sign-up', 'comment', 'query')),
  meeting uuid,
  text text not null check (length(text) <= 500 and (kind = 'sign-up' or length(text) > 0)),
  due date,
  answer text check (length(answer) between 1 and 1000),
  answered_by uuid,
  answered_at timestamptz,
  recorded_at timestamptz not null,
  primary key (county, id),
  foreign key (county, matter) references lx.matter (county, id),
  check ((kind = 'query') = (due is not null)),
  check (kind = 'query' or answer is null),
  check ((answer is null) = (answered_at is null))
);
comment on table lx.decision_word is 'class:A; what residents said to a decision on its page: who wants to sit in on a meeting, comments 意见, queries to the supervision committee 监督询问 with their answers; nobody is named';
create index decision_use_division on lx.decision_use (county, division, matter);
create index decision_word_matter on lx.decision_word (county, matter, id);
create index decision_word_division on lx.decision_word (county, division, due);

create table lx.decision_word_sender (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  word uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  cipher bytea not null,
  recorded_at timestamptz not null,
  primary key (county, word),
  foreign key (county, word) references lx.decision_word (county, id)
);
comment on table lx.decision_word_sender is 'class:A; the name and contact that a resident chose to leave, sealed: an auditor alone reads it, with a line in the access log';
create index decision_word_sender_division on lx.decision_word_sender (county, division, word);

do $$
declare
  name text;
  in_range text := $p$county = nullif(current_setting('lx.county', true), '')
    and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), '')$p$;
begin
  foreach name in array array['decision_use', 'decision_word', 'decision_word_sender'] loop
    execute format('alter table lx.%I enable row level security', name);
    execute format('alter table lx.%I force row level security', name);
    execute format('create policy page_writes on lx.%I for insert to rt_worker with check (%s)', name, in_range);
    execute format('grant insert on lx.%I to rt_worker', name);
  end loop;
  foreach name in array array['decision_use', 'decision_word'] loop
    execute format('create policy range_reads on lx.%I for select to rt_office, rt_worker using (%s)', name, in_range);
    execute format('grant select on lx.%I to rt_office, rt_worker', name);
  end loop;
  execute format('create policy page_counts on lx.decision_use for update to rt_worker using (%s) with check (%s)', in_range, in_range);
  execute format('create policy office_answers on lx.decision_word for update to rt_office using (%s) with check (%s)', in_range, in_range);
  -- Who said something is for an auditor, and for nobody who decides, governs or is criticised.
  execute format($p$create policy auditor_opens on lx.decision_word_sender for select to rt_office
    using (%s and strpos(nullif(current_setting('lx.caps', true), ''), ',audit,') > 0)$p$, in_range);
end $$;
grant update (uses) on lx.decision_use to rt_worker;
grant update (answer, answered_by, answered_at) on lx.decision_word to rt_office;
grant select on lx.decision_word_sender to rt_office;
