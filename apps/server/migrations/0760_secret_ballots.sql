-- Secret ballots 无记名投票: what was announced, who took what, and the board once it is public. What anybody chose is in no table here.

create table lx.secret_ballot (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  id uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  matter uuid not null,
  body text collate "C" not null,
  party boolean not null,
  manifest text collate "C" not null check (octet_length(manifest) <= 65536),
  journal uuid not null,
  box_url text collate "C" not null,
  issuer_url text collate "C" not null,
  state text collate "C" not null check (state in ('open', 'closed', 'published', 'withheld')),
  provisional_counted integer not null default 0 check (provisional_counted >= 0),
  surrendered jsonb,
  trustee_keys jsonb,
  results jsonb,
  result_journals jsonb,
  primary key (county, id),
  unique (county, matter),
  foreign key (county, matter) references lx.matter (county, id)
);
create index secret_ballot_place on lx.secret_ballot (county, division, id);
comment on table lx.secret_ballot is 'class:A; secret ballots 无记名测评: manifest as hashed, where box and second issuer are; counts and trustees'' keys once published';
comment on column lx.secret_ballot.journal is 'the journal entry whose leaf names the manifest';

create table lx.secret_ballot_roll (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  ballot uuid not null,
  person uuid not null,
  division text collate "C" not null,
  number integer not null check (number > 0),
  name text not null,
  member_group text collate "C" not null,
  salt bytea not null check (length(salt) = 32),
  channel text collate "C" not null check (channel in ('none', 'online', 'paper', 'provisional')),
  taken_on date,
  primary key (county, ballot, person),
  unique (county, ballot, number),
  foreign key (county, ballot) references lx.secret_ballot (county, id)
);
create index secret_ballot_roll_place on lx.secret_ballot_roll (county, division, ballot);
comment on table lx.secret_ballot_roll is 'class:A; frozen roll of a secret ballot 参与名单: who takes part and by which channel, with the day and never the time';

create table lx.secret_ballot_issue (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  ballot uuid not null,
  person uuid not null,
  division text collate "C" not null,
  blinded text collate "C" not null check (octet_length(blinded) <= 65536),
  signed text collate "C" not null check (octet_length(signed) <= 65536),
  primary key (county, ballot, person),
  foreign key (county, ballot, person) references lx.secret_ballot_roll (county, ballot, person)
);
create index secret_ballot_issue_place on lx.secret_ballot_issue (county, division, ballot);
comment on table lx.secret_ballot_issue is 'class:J; blinded lists and their signatures 领票, one for each voter: answered again byte for byte; no time';

create table lx.secret_ballot_paper (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  id uuid not null,
  division text collate "C" not null,
  ballot uuid not null,
  place text not null check (length(place) between 1 and 80),
  counted_by uuid not null,
  sheet jsonb not null,
  recorded_at timestamptz not null,
  primary key (county, id),
  foreign key (county, ballot) references lx.secret_ballot (county, id)
);
create index secret_ballot_paper_place on lx.secret_ballot_paper (county, division, ballot, place, recorded_at);
comment on table lx.secret_ballot_paper is 'class:J; tally sheets of paper slips 纸票计票单 as one person typed them; the last of each person counts';

create table lx.secret_ballot_board (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  ballot uuid not null,
  hash bytea not null check (length(hash) = 32),
  division text collate "C" not null,
  question text collate "C" not null,
  token text collate "C" not null,
  a text collate "C" not null,
  b text collate "C" not null,
  sealed text collate "C" not null,
  wraps text[] not null,
  primary key (county, ballot, hash),
  foreign key (county, ballot) references lx.secret_ballot (county, id)
);
create index secret_ballot_board_place on lx.secret_ballot_board (county, division, ballot);
comment on table lx.secret_ballot_board is 'class:J; the closed box as published 公示票箱, by the hash of tokens; no name, time or number';

do $$
declare
  t text;
  in_range constant text := $q$county = nullif(current_setting('lx.county', true), '')
    and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), '')$q$;
  seen constant text := $q$exists (select 1 from lx.secret_ballot s where s.county = %1$I.county and s.id = %1$I.ballot)$q$;
begin
  foreach t in array array['secret_ballot', 'secret_ballot_roll', 'secret_ballot_issue', 'secret_ballot_paper', 'secret_ballot_board'] loop
    execute format('alter table lx.%I enable row level security', t);
    execute format('alter table lx.%I force row level security', t);
  end loop;
  -- Who belongs to a Party roll is for those who read members.
  execute format($p$create policy office_reads on lx.secret_ballot for select to rt_office using (%s and (not party
    or coalesce(strpos(nullif(current_setting('lx.caps', true), ''), ',read-members,'), 0) > 0))$p$, in_range);
  execute format('create policy others_read on lx.secret_ballot for select to rt_public, rt_resident, rt_worker using (%s)', in_range);
  execute format('create policy range_insert on lx.secret_ballot for insert to rt_office with check (%s)', in_range);
  execute format('create policy range_update on lx.secret_ballot for update to rt_office using (%s) with check (%s)', in_range, in_range);
  foreach t in array array['secret_ballot_roll', 'secret_ballot_paper'] loop
    execute format('create policy with_the_ballot on lx.%I for select to rt_office using (%s and %s)', t, in_range, format(seen, t));
    execute format('create policy range_insert on lx.%I for insert to rt_office with check (%s)', t, in_range);
    execute format('create policy worker_reads on lx.%I for select to rt_worker using (%s)', t, in_range);
  end loop;
  execute format('create policy range_update on lx.secret_ballot_roll for update to rt_office, rt_worker using (%s) with check (%s)', in_range, in_range);
  execute format('create policy worker_reads on lx.secret_ballot_issue for select to rt_worker using (%s)', in_range);
  execute format('create policy worker_insert on lx.secret_ballot_issue for insert to rt_worker with check (%s)', in_range);
  execute format('create policy everybody_reads on lx.secret_ballot_board for select to rt_public, rt_resident, rt_office, rt_worker using (%s)', in_range);
  execute format('create policy range_insert on lx.secret_ballot_board for insert to rt_office with check (%s)', in_range);
end $$;

grant select, insert on lx.secret_ballot, lx.secret_ballot_roll, lx.secret_ballot_paper, lx.secret_ballot_board to rt_office;
grant update (state, provisional_counted, surrendered, trustee_keys, results, result_journals) on lx.secret_ballot to rt_office;
grant update (channel, taken_on) on lx.secret_ballot_roll to rt_office, rt_worker;
grant select on lx.secret_ballot, lx.secret_ballot_board to rt_public, rt_resident, rt_worker;
grant select on lx.secret_ballot_roll, lx.secret_ballot_paper to rt_worker;
grant select, insert on lx.secret_ballot_issue to rt_worker;
