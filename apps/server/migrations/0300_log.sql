-- The public log 册 (docs/design/log-format.md): one tree for each county and year over everything the journal holds.
-- All of it is public by design: what must stay private is in the journal, and only commitments to it are here.

-- Where an entry stands. `log_index` alone was enough while nothing was sealed; the year names the log, the position the
-- place inside the shuffled leaf of a day.
alter table lx.journal_entry
  add column log_year integer,
  add column log_position integer,
  add constraint journal_entry_sealed_whole check ((log_index is null) = (log_year is null) and (log_position is null or log_index is not null));
comment on column lx.journal_entry.log_year is 'the county''s log in which the entry is; null until sealed';
comment on column lx.journal_entry.log_position is 'place inside the shuffled leaf of the day; null for a public act, which is a leaf itself';
create unique index journal_entry_place on lx.journal_entry (county, log_year, log_index, coalesce(log_position, -1)) where log_index is not null;
create index journal_entry_public_waiting on lx.journal_entry (county, recorded_at, id) where log_index is null and leaf = 'public';
grant update (log_year, log_position) on lx.journal_entry to rt_journal;

create table lx.log_year (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  year integer not null check (year between 2000 and 2999),
  origin text collate "C" not null,
  key text collate "C" not null,
  opened_at timestamptz not null,
  closed_day date not null,
  frozen_at timestamptz,
  primary key (county, year),
  unique (origin)
);
comment on table lx.log_year is 'class:O; the log of a county and year: its name, its verifier key, and whether it is frozen because the next year began';
comment on column lx.log_year.origin is 'fixed when the year is opened: a change of the server''s address does not rename a log';
comment on column lx.log_year.key is 'verifier key (c2sp.org/signed-note) that stands on posters';
comment on column lx.log_year.closed_day is 'the last day, county time, whose private entries became a leaf';

create table lx.log_leaf (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  year integer not null,
  log_index bigint not null check (log_index >= 0),
  kind text collate "C" not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  n integer not null check (n > 0),
  leaf text collate "C" not null check (octet_length(leaf) <= 4096),
  leaf_hash bytea not null check (octet_length(leaf_hash) = 32),
  sealed_at timestamptz not null,
  primary key (county, year, log_index),
  unique (county, year, division, n),
  foreign key (county, year) references lx.log_year (county, year)
);
comment on table lx.log_leaf is 'class:O; 叶子: one line of the public log, as it was hashed';
comment on column lx.log_leaf.n is 'number in this division''s list of the year, from 1 without a gap';
create index log_leaf_day on lx.log_leaf (county, (leaf::jsonb #>> '{pub,day}')) where kind = 'private.day';

create table lx.log_private_entry (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  year integer not null,
  log_index bigint not null,
  position integer not null check (position >= 0),
  entry text collate "C" not null,
  primary key (county, year, log_index, position),
  foreign key (county, year, log_index) references lx.log_leaf (county, year, log_index)
);
comment on table lx.log_private_entry is 'class:O; the shuffled entries of a day: commitments and padding, alike to whoever has no seed';

create table lx.log_tile (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  year integer not null,
  level integer not null check (level between 0 and 7),
  tile bigint not null check (tile >= 0),
  hashes bytea not null check (octet_length(hashes) between 32 and 8192 and octet_length(hashes) % 32 = 0),
  primary key (county, year, level, tile),
  foreign key (county, year) references lx.log_year (county, year)
);
comment on table lx.log_tile is 'class:O; 册块: up to 256 hashes of one level (c2sp.org/tlog-tiles); a partial tile is the beginning of the full one';

create table lx.log_checkpoint (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  year integer not null,
  tree_size bigint not null check (tree_size > 0),
  root bytea not null check (octet_length(root) = 32),
  note text collate "C" not null,
  signed_at timestamptz not null,
  primary key (county, year, tree_size),
  foreign key (county, year) references lx.log_year (county, year)
);
comment on table lx.log_checkpoint is 'class:O; 册首: every checkpoint that was ever signed, verbatim';

-- Everyone reads; the sequencer and the publisher write, in one county at a time, and never change what was written,
-- except a partial tile that grows and the two marks of a year.
do $$
declare t text;
begin
  foreach t in array array['log_year', 'log_leaf', 'log_private_entry', 'log_tile', 'log_checkpoint'] loop
    execute format('alter table lx.%I enable row level security', t);
    execute format('alter table lx.%I force row level security', t);
    execute format('create policy read on lx.%I for select to rt_public, rt_resident, rt_office, rt_worker, rt_audit, rt_journal using (true)', t);
    execute format('create policy write on lx.%I for insert to rt_journal with check (county = nullif(current_setting(''lx.county'', true), ''''))', t);
    execute format('grant select on lx.%I to rt_public, rt_resident, rt_office, rt_worker, rt_audit, rt_journal', t);
    execute format('grant insert on lx.%I to rt_journal', t);
  end loop;
end $$;
create policy grow on lx.log_tile for update to rt_journal
  using (county = nullif(current_setting('lx.county', true), '') and octet_length(hashes) < 8192)
  with check (county = nullif(current_setting('lx.county', true), ''));
grant update (hashes) on lx.log_tile to rt_journal;
create policy mark on lx.log_year for update to rt_journal
  using (county = nullif(current_setting('lx.county', true), '') and frozen_at is null)
  with check (county = nullif(current_setting('lx.county', true), ''));
grant update (closed_day, frozen_at) on lx.log_year to rt_journal;
create policy renew on lx.log_checkpoint for update to rt_journal
  using (county = nullif(current_setting('lx.county', true), ''))
  with check (county = nullif(current_setting('lx.county', true), ''));
grant update (signed_at) on lx.log_checkpoint to rt_journal;
