-- What villages publish: drafts, what was published with every version of it, where it hung, and what residents asked.

create table lx.disclosure (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  id uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  item text collate "C" not null,
  board text collate "C" not null check (board in ('party', 'village', 'finance')),
  scope text collate "C" not null check (scope in ('residents', 'members')),
  title text not null check (length(title) between 1 and 200),
  period_from date not null,
  period_to date not null,
  notice_days integer not null check (notice_days >= 15),
  version integer not null check (version > 0),
  published_on date not null,
  posted_on date,
  withdrawn_on date,
  withdrawn_because text,
  recorded_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (county, id),
  check (period_from <= period_to),
  check ((withdrawn_on is null) = (withdrawn_because is null))
);
comment on table lx.disclosure is 'class:A; what a village published 公开, by item and period, with its newest version; residents read those meant for them';
create index disclosure_division on lx.disclosure (county, division, item, period_from);

create table lx.disclosure_draft (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  id uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  item text collate "C" not null,
  title text not null check (length(title) between 1 and 200),
  period_from date not null,
  period_to date not null,
  content jsonb not null,
  corrects uuid,
  reason text not null check (length(reason) <= 200),
  state text collate "C" not null check (state in ('draft', 'submitted', 'agreed', 'sent-back', 'published')),
  version integer not null check (version > 0),
  drafted_by uuid not null,
  office_body uuid not null,
  recorded_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (county, id),
  foreign key (county, corrects) references lx.disclosure (county, id)
);
comment on table lx.disclosure_draft is 'class:A; what is drawn up to be published 公开稿, until the check has agreed and it is out';
create index disclosure_draft_division on lx.disclosure_draft (county, division, item, period_from);

create table lx.disclosure_check (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  id uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  draft uuid not null,
  draft_version integer not null,
  agrees boolean not null,
  note text not null check (length(note) <= 1000),
  person uuid not null,
  office_body uuid not null,
  recorded_at timestamptz not null,
  primary key (county, id),
  foreign key (county, draft) references lx.disclosure_draft (county, id)
);
comment on table lx.disclosure_check is 'class:J; what the committee said to a draft 审核: agreed, or sent back with what was found';
create index disclosure_check_draft on lx.disclosure_check (county, draft);

create table lx.disclosure_version (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  disclosure uuid not null,
  version integer not null check (version > 0),
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  scope text collate "C" not null,
  title text not null,
  issuer text not null,
  content jsonb not null,
  text text not null,
  text_sha256 bytea not null check (length(text_sha256) = 32),
  doc_sha256 bytea not null check (length(doc_sha256) = 32),
  file uuid not null,
  pack text collate "C" not null,
  pack_hash text collate "C" not null,
  reason text not null,
  published_on date not null,
  journal uuid not null,
  person uuid not null,
  recorded_at timestamptz not null,
  primary key (county, disclosure, version),
  check (version = 1 or reason <> ''),
  foreign key (county, disclosure) references lx.disclosure (county, id),
  foreign key (county, file) references lx.file (county, id)
);
comment on table lx.disclosure_version is 'class:J; every wording that was published 公开版本, with the hashes that stand in the public log; never changed, a correction is the next one';
create index disclosure_version_division on lx.disclosure_version (county, division, published_on);

create table lx.disclosure_posting (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  id uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  disclosure uuid,
  kind text collate "C" not null check (kind in ('wall', 'copies')),
  place text not null check (length(place) between 1 and 100),
  copies integer not null check (copies between 0 and 100000),
  photo uuid,
  person uuid not null,
  office_body uuid not null,
  recorded_at timestamptz not null,
  primary key (county, id),
  foreign key (county, disclosure) references lx.disclosure (county, id),
  foreign key (county, photo) references lx.file (county, id)
);
comment on table lx.disclosure_posting is 'class:J; who put a sheet on the wall and when 张贴, and how many paper copies were given out';
create index disclosure_posting_disclosure on lx.disclosure_posting (county, disclosure);
create index disclosure_posting_division on lx.disclosure_posting (county, division, id);

create table lx.disclosure_question (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  id uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  disclosure uuid not null,
  version integer not null,
  scope text collate "C" not null,
  kind text collate "C" not null check (kind in ('question', 'objection')),
  entry text not null check (length(entry) <= 60),
  text text not null check (length(text) between 1 and 500),
  due date not null,
  answer text check (length(answer) between 1 and 1000),
  answered_by uuid,
  answered_at timestamptz,
  recorded_at timestamptz not null,
  primary key (county, id),
  check ((answer is null) = (answered_at is null)),
  foreign key (county, disclosure) references lx.disclosure (county, id)
);
comment on table lx.disclosure_question is 'class:A; what residents asked about an entry or objected to 提问、异议, with the answer and its last day; nobody is named';
create index disclosure_question_disclosure on lx.disclosure_question (county, disclosure, id);
create index disclosure_question_division on lx.disclosure_question (county, division, due);

do $$
declare
  name text;
  in_range text := $p$county = nullif(current_setting('lx.county', true), '')
    and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), '')$p$;
begin
  foreach name in array array['disclosure', 'disclosure_draft', 'disclosure_check', 'disclosure_version', 'disclosure_posting', 'disclosure_question'] loop
    execute format('alter table lx.%I enable row level security', name);
    execute format('alter table lx.%I force row level security', name);
    execute format('create policy office_reads on lx.%I for select to rt_office using (%s)', name, in_range);
    execute format('create policy office_adds on lx.%I for insert to rt_office with check (%s)', name, in_range);
    execute format('grant select, insert on lx.%I to rt_office', name);
  end loop;
  foreach name in array array['disclosure', 'disclosure_draft', 'disclosure_question'] loop
    execute format('create policy office_changes on lx.%I for update to rt_office using (%s) with check (%s)', name, in_range, in_range);
  end loop;
  -- Residents and visitors read what is meant for residents, and no draft of it.
  foreach name in array array['disclosure', 'disclosure_version', 'disclosure_question'] loop
    execute format($p$create policy public_reads on lx.%I for select to rt_public, rt_resident using (%s and scope = 'residents')$p$, name, in_range);
    execute format('grant select on lx.%I to rt_public, rt_resident', name);
  end loop;
  execute format('create policy public_reads on lx.disclosure_posting for select to rt_public, rt_resident using (%s)', in_range);
  execute format($p$create policy public_asks on lx.disclosure_question for insert to rt_public, rt_resident
    with check (%s and scope = 'residents' and answer is null)$p$, in_range);
end $$;
grant select on lx.disclosure_posting to rt_public, rt_resident;
grant insert on lx.disclosure_question to rt_public, rt_resident;
grant update (title, version, published_on, posted_on, withdrawn_on, withdrawn_because, updated_at) on lx.disclosure to rt_office;
grant update (title, content, state, version, updated_at) on lx.disclosure_draft to rt_office;
grant update (answer, answered_by, answered_at) on lx.disclosure_question to rt_office;
