-- Grids as polygons, households in exactly one of them, contact cards, and what merges and splits of villages leave behind.
-- Shapes are WGS-84, [longitude, latitude] with seven decimals (about one centimetre); whoever brings GCJ-02 has it converted before.

create table lx.grid_map (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null,
  number integer not null check (number > 0),
  boundary jsonb not null,
  flow jsonb not null check (jsonb_typeof(flow) = 'array' and jsonb_array_length(flow) between 1 and 20),
  original_datum text collate "C" not null check (original_datum in ('wgs-84', 'gcj-02')),
  valid_from date not null,
  made_up boolean not null default false,
  recorded_at timestamptz not null,
  primary key (county, id)
);
create unique index grid_map_number on lx.grid_map (county, division, number);
comment on table lx.grid_map is 'class:A; versions of a village''s grid map 网格示意图 with the service flow chart 网格服务流程图 that goes with it; a change is a further version, none is edited';
comment on column lx.grid_map.boundary is 'the village as MultiPolygon coordinates, WGS-84';
comment on column lx.grid_map.flow is 'the steps of the service flow chart, in order';
comment on column lx.grid_map.original_datum is 'what the shapes were measured in before they were converted';

create table lx.grid_shape (
  county text collate "C" not null,
  map uuid not null,
  grid uuid not null,
  division text collate "C" not null,
  name text not null,
  shape jsonb not null,
  square_metres bigint not null check (square_metres >= 0),
  recorded_at timestamptz not null,
  primary key (county, map, grid),
  foreign key (county, map) references lx.grid_map (county, id),
  foreign key (county, grid) references lx.grid (county, id)
);
create index grid_shape_division on lx.grid_shape (county, division, map);
comment on table lx.grid_shape is 'class:A; the polygon of a grid in one version of the map; all of a version fill the village without gap or overlap';

create table lx.chart_posting (
  county text collate "C" not null,
  map uuid not null,
  chart text collate "C" not null check (chart in ('grid-map', 'service-flow')),
  channel text collate "C" not null check (channel in ('board', 'portal')),
  division text collate "C" not null,
  posted_on date not null,
  person uuid,
  recorded_at timestamptz not null,
  primary key (county, map, chart, channel),
  foreign key (county, map) references lx.grid_map (county, id)
);
create index chart_posting_division on lx.chart_posting (county, division, map);
comment on table lx.chart_posting is 'class:A; where and when a version of the two charts was posted; the newest version without all four is the village''s open task';

create table lx.household_point (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null,
  household uuid not null,
  longitude double precision not null check (longitude between -180 and 180),
  latitude double precision not null check (latitude between -90 and 90),
  original_datum text collate "C" not null check (original_datum in ('wgs-84', 'gcj-02')),
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  recorded_at timestamptz not null,
  primary key (county, id),
  foreign key (county, household) references lx.household (county, id)
);
create index household_point_division on lx.household_point (county, division, id);
create unique index household_point_one on lx.household_point (county, household) where valid_to is null;
comment on table lx.household_point is 'class:A; where a household''s door is, WGS-84: the door, never a person and never a track';

create table lx.grid_household (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null,
  household uuid not null,
  grid uuid not null,
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  recorded_at timestamptz not null,
  primary key (county, id),
  foreign key (county, household) references lx.household (county, id),
  foreign key (county, grid) references lx.grid (county, id)
);
create index grid_household_division on lx.grid_household (county, division, id);
create index grid_household_grid on lx.grid_household (county, grid) where valid_to is null;
create unique index grid_household_one on lx.grid_household (county, household) where valid_to is null;
comment on table lx.grid_household is 'class:A; which grid a household is in, dated; the unique index keeps it to exactly one at a time';

-- One place for the grid of a household: its dated rows. What the column held becomes the first of them.
insert into lx.grid_household (county, id, division, household, grid, valid_from, recorded_at)
  select county, gen_random_uuid(), division, id, grid, valid_from, recorded_at from lx.household where grid is not null and valid_to is null;
alter table lx.household drop column grid;

create table lx.household_card (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null,
  household uuid not null,
  issued_on date not null,
  withdrawn_on date check (withdrawn_on >= issued_on),
  withdrawn_by text collate "C" check (withdrawn_by in ('household', 'office')),
  recorded_at timestamptz not null,
  primary key (county, id),
  foreign key (county, household) references lx.household (county, id),
  check ((withdrawn_on is null) = (withdrawn_by is null))
);
create index household_card_division on lx.household_card (county, division, id);
create unique index household_card_one on lx.household_card (county, household) where withdrawn_on is null;
comment on table lx.household_card is 'class:A; contact cards 民情联系卡: one per household at a time 一户一卡; the household may withdraw it';

create table lx.household_card_entry (
  county text collate "C" not null,
  card uuid not null,
  number integer not null check (number > 0),
  division text collate "C" not null,
  staff jsonb not null check (jsonb_typeof(staff) = 'array' and jsonb_array_length(staff) between 1 and 6),
  channels jsonb not null check (jsonb_typeof(channels) = 'array' and jsonb_array_length(channels) between 1 and 6),
  needs jsonb not null check (jsonb_typeof(needs) = 'array' and jsonb_array_length(needs) <= 12),
  entered_by text collate "C" not null check (entered_by in ('office', 'household')),
  person uuid,
  recorded_at timestamptz not null,
  primary key (county, card, number),
  foreign key (county, card) references lx.household_card (county, id)
);
create index household_card_entry_division on lx.household_card_entry (county, division, card);
comment on table lx.household_card_entry is 'class:A; what a contact card says: contact staff, channels, needs expressed, nothing else; appended, the last one holds; unreadable to offices once the card is withdrawn';

create table lx.division_move (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null,
  moved text collate "C" not null check (moved ~ '^[a-z][a-z_]*$'),
  row_id uuid not null,
  to_division text collate "C" not null,
  moved_on date not null,
  recorded_at timestamptz not null,
  primary key (county, id)
);
create index division_move_division on lx.division_move (county, division, id);
comment on table lx.division_move is 'class:A; rows of registers that a merge or split gave to another village 划转: what stands goes on under the new code, what happened stays under the old; division is the one they left';
comment on column lx.division_move.moved is 'the table of the row';

create table lx.body_successor (
  county text collate "C" not null,
  body uuid not null,
  successor uuid not null,
  division text collate "C" not null,
  valid_from date not null,
  primary key (county, body, successor),
  foreign key (county, body) references lx.body (county, id),
  foreign key (county, successor) references lx.body (county, id),
  check (body <> successor)
);
create index body_successor_division on lx.body_successor (county, division, body);
create index body_successor_successor on lx.body_successor (county, successor);
comment on table lx.body_successor is 'class:A; which body answers for what an ended body left 承续: its open matters, its inbox; written by merges and splits alone';

alter table lx.division_successor add column takes_files boolean not null default true;
comment on column lx.division_successor.takes_files is 'whether the successor''s offices see and answer for what the division left; of a split, one does';

do $$
declare
  name text;
  in_range constant text := $q$county = nullif(current_setting('lx.county', true), '')
    and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), '')$q$;
begin
  foreach name in array array['grid_map', 'grid_shape', 'chart_posting', 'household_point', 'grid_household', 'household_card',
    'household_card_entry', 'division_move', 'body_successor'] loop
    execute format('alter table lx.%I enable row level security', name);
    execute format('alter table lx.%I force row level security', name);
    execute format('grant select on lx.%I to rt_office', name);
  end loop;
  foreach name in array array['grid_map', 'grid_shape', 'chart_posting', 'household_point', 'grid_household', 'household_card',
    'household_card_entry'] loop
    execute format('create policy office_adds on lx.%I for insert to rt_office with check (%s)', name, in_range);
    execute format('grant insert on lx.%I to rt_office', name);
  end loop;
  foreach name in array array['grid_map', 'grid_shape', 'chart_posting', 'household_point', 'grid_household', 'household_card', 'division_move'] loop
    execute format('create policy office_reads on lx.%I for select to rt_office using (%s)', name, in_range);
  end loop;
  foreach name in array array['household_point', 'grid_household', 'household_card'] loop
    execute format('create policy office_changes on lx.%I for update to rt_office using (%s) with check (%s)', name, in_range, in_range);
  end loop;
end $$;
grant update (valid_to) on lx.household_point, lx.grid_household to rt_office;
grant update (withdrawn_on, withdrawn_by) on lx.household_card to rt_office, rt_resident;

-- What a card says is read where the card is, as long as it is not withdrawn.
create policy office_reads on lx.household_card_entry for select to rt_office using (
  county = nullif(current_setting('lx.county', true), '') and exists (
    select from lx.household_card c where c.county = household_card_entry.county and c.id = household_card_entry.card and c.withdrawn_on is null));

-- Which body answers for which: institutions, read like bodies.
create policy county_reads on lx.body_successor for select to rt_office, rt_worker using (county = nullif(current_setting('lx.county', true), ''));
grant select on lx.body_successor to rt_worker;

-- Anybody sees a version of the charts once it is posted on the portal: boundaries and names of grids, no household.
create policy public_reads on lx.chart_posting for select to rt_public, rt_resident using (
  county = nullif(current_setting('lx.county', true), '') and channel = 'portal');
create policy public_reads on lx.grid_map for select to rt_public, rt_resident using (
  county = nullif(current_setting('lx.county', true), '') and exists (
    select from lx.chart_posting p where p.county = grid_map.county and p.map = grid_map.id and p.channel = 'portal'));
create policy public_reads on lx.grid_shape for select to rt_public, rt_resident using (
  county = nullif(current_setting('lx.county', true), '') and exists (
    select from lx.chart_posting p where p.county = grid_shape.county and p.map = grid_shape.map and p.channel = 'portal' and p.chart = 'grid-map'));
grant select on lx.chart_posting, lx.grid_map, lx.grid_shape to rt_public, rt_resident;

-- A household sees its card, corrects it by a further entry, and withdraws it.
create policy own_reads on lx.household_card for select to rt_resident using (
  county = nullif(current_setting('lx.county', true), '') and household in (
    select m.household from lx.household_member m where m.county = household_card.county and m.person = nullif(current_setting('lx.uid', true), '')::uuid and m.valid_to is null));
create policy own_changes on lx.household_card for update to rt_resident using (
  county = nullif(current_setting('lx.county', true), '') and household in (
    select m.household from lx.household_member m where m.county = household_card.county and m.person = nullif(current_setting('lx.uid', true), '')::uuid and m.valid_to is null))
  with check (county = nullif(current_setting('lx.county', true), ''));
create policy own_reads on lx.household_card_entry for select to rt_resident using (
  county = nullif(current_setting('lx.county', true), '') and card in (select c.id from lx.household_card c where c.county = household_card_entry.county));
create policy own_adds on lx.household_card_entry for insert to rt_resident with check (
  county = nullif(current_setting('lx.county', true), '') and entered_by = 'household' and person = nullif(current_setting('lx.uid', true), '')::uuid
  and card in (select c.id from lx.household_card c where c.county = household_card_entry.county and c.withdrawn_on is null));
grant select on lx.household_card to rt_resident;
grant select, insert on lx.household_card_entry to rt_resident;
