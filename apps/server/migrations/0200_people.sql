-- People: divisions, bodies and their trees, places, grids, posts, terms, persons, and what is kept about them.
-- Facts are dated: valid_from is the first day, valid_to the first day on which the row no longer holds (null: still holds).
-- The Party tree (body_link), the place tree (division, place) and the chain of offices are kept apart and meet in body.

create table lx.division (
  code text collate "C" primary key check (code ~ '^[1-9][0-9]{11}(-group-[0-9]{3}|-grid-[0-9]{3}(-[0-9]{2})?)?$'),
  name text not null check (length(name) between 1 and 80),
  short_name text not null,
  level text collate "C" not null check (level in ('province', 'city', 'county', 'township', 'village', 'group')),
  kind text collate "C" not null check (kind in ('province', 'city', 'county', 'township', 'street', 'village', 'community', 'group')),
  parent text collate "C" references lx.division (code),
  county text collate "C" check (county ~ '^[0-9]{6}$'),
  source text not null,
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  check ((level in ('province', 'city')) = (county is null))
);
create index division_county on lx.division (county, code);
create index division_parent on lx.division (parent);
comment on table lx.division is 'class:R; administrative divisions 行政区划: public facts, written by import alone';
comment on column lx.division.code is 'twelve digits (GB/T 2260 and statistical code); a subtree is a range of codes';
comment on column lx.division.kind is 'what it is called at its level: village 村 or community 社区, township 乡镇 or street 街道';
comment on column lx.division.county is 'the tenant, six digits; null above the county';
comment on column lx.division.source is 'publisher and day of the list that the row was taken from';
comment on column lx.division.valid_to is 'first day on which the division no longer exists; its successors are in division_successor';

create table lx.division_successor (
  code text collate "C" not null references lx.division (code),
  successor text collate "C" not null references lx.division (code),
  valid_from date not null,
  cause text collate "C" not null check (cause in ('merge', 'split', 'recode')),
  source text not null,
  primary key (code, successor, valid_from),
  check (code <> successor)
);
create index division_successor_successor on lx.division_successor (successor);
comment on table lx.division_successor is 'class:R; what a merged, split or recoded division became 沿革, so that history keeps its own code';
comment on column lx.division_successor.valid_from is 'the first day on which the successor holds';

create table lx.person (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null,
  name text not null check (length(name) between 1 and 40),
  sex text collate "C" check (sex in ('male', 'female')),
  birth_year smallint check (birth_year between 1900 and 2200),
  made_up boolean not null default false,
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  recorded_at timestamptz not null,
  primary key (county, id)
);
create index person_division on lx.person (county, division, id);
comment on table lx.person is 'class:A; persons 人员: name and what a roll needs, nothing about belief, views or relations; a person reads the own row';
comment on column lx.person.made_up is 'true for the persons of a demonstration county, so that no screen can take them for real ones';

create table lx.person_identity (
  county text collate "C" not null,
  person uuid not null,
  kind text collate "C" not null check (kind in ('id-number', 'phone')),
  cipher bytea not null,
  lookup_hash bytea not null,
  recorded_at timestamptz not null,
  primary key (county, person, kind),
  foreign key (county, person) references lx.person (county, id)
);
create unique index person_identity_id_number on lx.person_identity (county, lookup_hash) where kind = 'id-number';
comment on table lx.person_identity is 'class:S; identity number and phone, sealed by the server and searchable by keyed hash; no role reads it, functions alone reach it';

create table lx.body (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null,
  kind text collate "C" not null check (kind ~ '^[a-z][a-z-]*[a-z]$'),
  name text not null check (length(name) between 1 and 80),
  parent uuid,
  code text collate "C" check (code ~ '^[a-z0-9][a-z0-9-]*$'),
  branch_kind text collate "C" check (branch_kind in ('agriculture', 'industry', 'enterprise', 'cooperative', 'joint-new-organisations', 'veteran-cadres', 'mobile-members')),
  enterprise_led boolean not null default false,
  place uuid,
  place_tier text collate "C" check (place_tier in ('township', 'community', 'estate', 'building')),
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  recorded_at timestamptz not null,
  primary key (county, id),
  foreign key (county, parent) references lx.body (county, id),
  check (branch_kind is null or kind = 'branch'),
  check (not enterprise_led or kind = 'committee')
);
create index body_division on lx.body (county, division, kind, id);
create unique index body_code on lx.body (county, division, code) where code is not null and valid_to is null;
comment on table lx.body is 'class:A; bodies 组织 that can act: committee 党委, branch 党支部, party-group 党小组, villagers'' committee, office, department, centre; every office of the county may read them, because routing and trees cross villages';
comment on column lx.body.parent is 'the body it is part of: an office of its government, a group of its villagers'' committee; who stands under whom in the Party is a link';
comment on column lx.body.code is 'the entry of the office catalogue that packs speak of, for example civil-affairs-office';
comment on column lx.body.branch_kind is 'which of the seven kinds 七类支部 a branch under a village committee is';
comment on column lx.body.enterprise_led is 'a committee led by an enterprise 以企带村型党委';
comment on column lx.body.place is 'the estate or building that a Party body is tied to';
comment on column lx.body.place_tier is 'the tier of the place that a Party body is tied to, of the four of the place tree';

create table lx.body_link (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null,
  from_body uuid not null,
  to_body uuid not null,
  kind text collate "C" not null check (kind in ('party-tree', 'liaison', 'line', 'serves')),
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  recorded_at timestamptz not null,
  primary key (county, id),
  foreign key (county, from_body) references lx.body (county, id),
  foreign key (county, to_body) references lx.body (county, id),
  check (from_body <> to_body)
);
create index body_link_division on lx.body_link (county, division, id);
create index body_link_to on lx.body_link (county, to_body, kind);
create unique index body_link_one_parent on lx.body_link (county, from_body, kind) where valid_to is null and kind in ('party-tree', 'liaison');
comment on table lx.body_link is 'class:A; dated links between bodies: party-tree (under which Party body 隶属), liaison (next office in the chain of 联系服务群众工作办公室), line (its line department 条), serves (the body it serves)';
comment on column lx.body_link.from_body is 'the lower or serving body';
comment on index lx.body_link_one_parent is 'a body has at most one parent at a time in the Party tree, and one next office in the chain';

create table lx.place (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null,
  kind text collate "C" not null check (kind in ('estate', 'building', 'site')),
  name text not null check (length(name) between 1 and 80),
  parent uuid,
  site_kind text collate "C" check (site_kind in ('industrial-park', 'industry-cluster', 'office-building', 'shopping-area', 'production-base', 'trade-association', 'resettlement-estate')),
  estate_age text collate "C" check (estate_age in ('new', 'old')),
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  recorded_at timestamptz not null,
  primary key (county, id),
  foreign key (county, parent) references lx.place (county, id),
  check ((kind = 'site') = (site_kind is not null)),
  check (kind <> 'building' or parent is not null),
  check (estate_age is null or kind = 'estate')
);
create index place_division on lx.place (county, division, kind, id);
create index place_parent on lx.place (county, parent);
comment on table lx.place is 'class:A; places under a village 小区 楼栋 场所: estate, building in an estate, site of one of seven kinds';
comment on column lx.place.site_kind is 'one of seven: 园区 产业集聚区 商务楼宇 大型商贸区 生产基地 专业协会 拆迁集中居住区';
alter table lx.body add foreign key (county, place) references lx.place (county, id);

create table lx.service_room (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null,
  estate uuid not null,
  way text collate "C" not null check (way in ('planning-precondition', 'rent', 'rebuild', 'extend')),
  area_square_metres integer not null check (area_square_metres >= 0),
  state text collate "C" not null check (state in ('planned', 'ready')),
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  recorded_at timestamptz not null,
  primary key (county, id),
  foreign key (county, estate) references lx.place (county, id)
);
create index service_room_division on lx.service_room (county, division, id);
create unique index service_room_one on lx.service_room (county, estate) where valid_to is null;
comment on table lx.service_room is 'class:A; service rooms 综合服务用房 of estates: a planning precondition for a new one; rented, rebuilt or extended for an old one';

create table lx.service_room_task (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null,
  estate uuid not null,
  department text collate "C" not null check (department in ('planning', 'housing', 'land', 'civil-affairs')),
  task text not null check (length(task) between 1 and 200),
  due_on date not null,
  done_on date,
  recorded_at timestamptz not null,
  primary key (county, id),
  foreign key (county, estate) references lx.place (county, id)
);
create index service_room_task_division on lx.service_room_task (county, division, id);
create unique index service_room_task_one on lx.service_room_task (county, estate, department) where done_on is null;
comment on table lx.service_room_task is 'class:A; what each of four departments (规划 住建 国土 民政) has to do so that an estate gets its service room';

create table lx.grid (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null,
  code text collate "C" not null check (code ~ '^[0-9a-z-]{1,20}$'),
  name text not null check (length(name) between 1 and 80),
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  recorded_at timestamptz not null,
  primary key (county, id)
);
create unique index grid_code on lx.grid (county, division, code) where valid_to is null;
comment on table lx.grid is 'class:A; grids 网格 of a village; the polygon is kept with the households';

create table lx.grid_party_group (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null,
  grid uuid not null,
  body uuid not null,
  contact uuid not null,
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  recorded_at timestamptz not null,
  primary key (county, id),
  foreign key (county, grid) references lx.grid (county, id),
  foreign key (county, body) references lx.body (county, id),
  foreign key (county, contact) references lx.person (county, id)
);
create index grid_party_group_division on lx.grid_party_group (county, division, id);
create unique index grid_party_group_one on lx.grid_party_group (county, grid) where valid_to is null;
comment on table lx.grid_party_group is 'class:A; which Party group is responsible for a grid, and through whom; membership of persons is for authorised staff only';

create table lx.duty_contact (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null,
  grid uuid,
  body uuid,
  name text not null check (length(name) between 1 and 40),
  duty text not null check (length(duty) between 1 and 80),
  office_phone text check (office_phone ~ '^[0-9 -]{3,20}$'),
  published_day date,
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  recorded_at timestamptz not null,
  primary key (county, id),
  foreign key (county, grid) references lx.grid (county, id),
  foreign key (county, body) references lx.body (county, id),
  check (num_nonnulls(grid, body) = 1)
);
create index duty_contact_division on lx.duty_contact (county, division, id);
create unique index duty_contact_grid on lx.duty_contact (county, grid) where valid_to is null and grid is not null;
comment on table lx.duty_contact is 'class:O; duty contacts 值守联系人 as the public sees them: a name, a duty and an office phone, nothing of Party membership';

create table lx.post (
  id text collate "C" primary key check (id ~ '^[a-z][a-z-]*[a-z]$'),
  title text not null,
  title_en text not null,
  body_kind text collate "C" not null,
  also_in text[] not null default '{}',
  level text collate "C" not null check (level in ('county', 'township', 'village', 'group')),
  capabilities text[] not null default '{}'
);
comment on table lx.post is 'class:R; catalogue of posts 岗位: what it is called, in which kind of body it stands, and what its holder may do; from packs and imports';
comment on column lx.post.also_in is 'further kinds of body that have a post of this name, as a committee and a branch both have a secretary';
comment on column lx.post.capabilities is 'words that access rules ask for, for example keep-bodies; an office is never a role flag on an account';

create table lx.establishment (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null,
  body uuid not null,
  post text collate "C" not null references lx.post (id),
  seats smallint not null check (seats between 1 and 999),
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  recorded_at timestamptz not null,
  primary key (county, id),
  foreign key (county, body) references lx.body (county, id)
);
create index establishment_division on lx.establishment (county, division, id);
create unique index establishment_one on lx.establishment (county, body, post) where valid_to is null;
comment on table lx.establishment is 'class:A; how many persons may hold a post of a body at once 职数';

create table lx.appointment (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null,
  person uuid not null,
  post text collate "C" not null references lx.post (id),
  body uuid not null,
  grid uuid,
  holder_name text not null check (length(holder_name) between 1 and 40),
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  filing_matter uuid,
  recorded_at timestamptz not null,
  primary key (county, id),
  foreign key (county, person) references lx.person (county, id),
  foreign key (county, body) references lx.body (county, id),
  foreign key (county, grid) references lx.grid (county, id)
);
create index appointment_division on lx.appointment (county, division, id);
create index appointment_person on lx.appointment (county, person, valid_from);
create index appointment_body on lx.appointment (county, body, post, valid_from);
comment on table lx.appointment is 'class:A; a person holds a post of a body for a term 任职; every office that a log-in has comes from here';
comment on column lx.appointment.valid_to is 'first day on which the term no longer holds';
comment on column lx.appointment.holder_name is 'the name as the appointment was announced, so that offices of the county can name a holder without reading the person';
comment on column lx.appointment.filing_matter is 'the filing matter 备案, where one is required';

create table lx.party_membership (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null,
  person uuid not null,
  branch uuid not null,
  party_group uuid,
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  recorded_at timestamptz not null,
  primary key (county, id),
  foreign key (county, person) references lx.person (county, id),
  foreign key (county, branch) references lx.body (county, id),
  foreign key (county, party_group) references lx.body (county, id)
);
create index party_membership_division on lx.party_membership (county, division, id);
create index party_membership_branch on lx.party_membership (county, branch);
create unique index party_membership_one on lx.party_membership (county, person) where valid_to is null;
comment on table lx.party_membership is 'class:A; which branch a Party member belongs to 组织关系: exactly one at a time; authorised offices only, never public';

create table lx.village_standing (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null,
  larger_economy boolean not null,
  place_up_to_standard boolean not null,
  basis text not null check (length(basis) between 1 and 200),
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  recorded_at timestamptz not null,
  primary key (county, id)
);
create unique index village_standing_one on lx.village_standing (county, division) where valid_to is null;
comment on table lx.village_standing is 'class:A; two of the three conditions for a Party committee in a village 建立党委条件: larger economy, service place up to standard; the number of members is counted from party_membership';

create table lx.organisation (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null,
  kind text collate "C" not null check (kind in ('trade-association', 'mobile-people-service', 'economic', 'social')),
  name text not null check (length(name) between 1 and 80),
  party_body uuid,
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  recorded_at timestamptz not null,
  primary key (county, id),
  foreign key (county, party_body) references lx.body (county, id)
);
create index organisation_division on lx.organisation (county, division, id);
comment on table lx.organisation is 'class:A; register of associations and other economic and social organisations 两新组织: facts about the organisation alone, no list of its people';
comment on column lx.organisation.party_body is 'its own Party organisation, null while there is none';

create table lx.organisation_link (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null,
  organisation uuid not null,
  branch uuid not null,
  contact uuid not null,
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  recorded_at timestamptz not null,
  primary key (county, id),
  foreign key (county, organisation) references lx.organisation (county, id),
  foreign key (county, branch) references lx.body (county, id),
  foreign key (county, contact) references lx.person (county, id)
);
create index organisation_link_division on lx.organisation_link (county, division, id);
create unique index organisation_link_one on lx.organisation_link (county, organisation) where valid_to is null;
comment on table lx.organisation_link is 'class:A; which village branch is linked to an organisation 有效衔接 and through which contact person';

create table lx.convenience_station (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null,
  name text not null check (length(name) between 1 and 80),
  former_village text not null check (length(former_village) between 1 and 80),
  facilities_score smallint check (facilities_score between 0 and 100),
  location_score smallint check (location_score between 0 and 100),
  is_main boolean not null default false,
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  recorded_at timestamptz not null,
  primary key (county, id),
  check (not is_main or (facilities_score is not null and location_score is not null))
);
create index convenience_station_division on lx.convenience_station (county, division, id);
create unique index convenience_station_one_main on lx.convenience_station (county, division) where is_main and valid_to is null;
comment on table lx.convenience_station is 'class:A; convenience stations 便民服务站: the former village offices of a merged village; one is the main station, the others stay service points';
comment on column lx.convenience_station.facilities_score is 'criterion 条件充裕, 0 to 100';
comment on column lx.convenience_station.location_score is 'criterion 位置较便利, 0 to 100';

create table lx.office_management (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null,
  body uuid not null,
  dimension text collate "C" not null check (dimension in ('people', 'money', 'property')),
  managed_by text collate "C" not null check (managed_by in ('township', 'line-department', 'both')),
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  recorded_at timestamptz not null,
  primary key (county, id),
  foreign key (county, body) references lx.body (county, id)
);
create index office_management_division on lx.office_management (county, division, id);
create unique index office_management_one on lx.office_management (county, body, dimension) where valid_to is null;
comment on table lx.office_management is 'class:A; who manages the people, the money and the property of a township office 人财物';

create table lx.household (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null,
  grid uuid,
  label text not null check (length(label) between 1 and 40),
  takes_contact boolean not null default true,
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  recorded_at timestamptz not null,
  primary key (county, id),
  foreign key (county, grid) references lx.grid (county, id)
);
create index household_division on lx.household (county, division, id);
comment on table lx.household is 'class:A; households 户 by door label; the household card is kept with the households feature';
comment on column lx.household.takes_contact is 'false once the household has declined a Party contact; nobody may be assigned then';

create table lx.household_member (
  county text collate "C" not null,
  household uuid not null,
  person uuid not null,
  division text collate "C" not null,
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  recorded_at timestamptz not null,
  primary key (county, household, person),
  foreign key (county, household) references lx.household (county, id),
  foreign key (county, person) references lx.person (county, id)
);
create index household_member_division on lx.household_member (county, division, household);
create index household_member_person on lx.household_member (county, person);
comment on table lx.household_member is 'class:A; who belongs to which household, so that a household can speak for itself';

create table lx.contact_assignment (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null,
  household uuid not null,
  member uuid not null,
  contact_name text not null check (length(contact_name) between 1 and 40),
  ended_by text collate "C" check (ended_by in ('branch', 'household-declined', 'household-changed')),
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  recorded_at timestamptz not null,
  primary key (county, id),
  foreign key (county, household) references lx.household (county, id),
  foreign key (county, member) references lx.person (county, id),
  check ((valid_to is null) = (ended_by is null))
);
create index contact_assignment_division on lx.contact_assignment (county, division, id);
create index contact_assignment_member on lx.contact_assignment (county, member);
create unique index contact_assignment_one on lx.contact_assignment (county, household) where valid_to is null;
comment on table lx.contact_assignment is 'class:A; the Party member who keeps contact with a household 党员联系户; the household may decline or change it';

create table lx.contact_visit (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null,
  household uuid not null,
  visitor uuid not null,
  need text check (length(need) between 1 and 200),
  feedback text check (length(feedback) between 1 and 200),
  matter uuid,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (county, id),
  foreign key (county, household) references lx.household (county, id),
  foreign key (county, visitor) references lx.person (county, id)
);
create index contact_visit_division on lx.contact_visit (county, division, id);
create index contact_visit_household on lx.contact_visit (county, household, occurred_at);
comment on column lx.contact_assignment.contact_name is 'the name the household was told, so that it can name its contact without reading the person';
comment on table lx.contact_visit is 'class:A; visits 走访 by a household''s contact: the need heard and the answer given, never opinions, belief or relations; appended only';

create table lx.contact_need (
  county text collate "C" not null,
  visit uuid not null,
  division text collate "C" not null,
  matter uuid not null,
  sent_by uuid not null,
  recorded_at timestamptz not null,
  primary key (county, visit),
  foreign key (county, visit) references lx.contact_visit (county, id)
);
create index contact_need_division on lx.contact_need (county, division, visit);
comment on table lx.contact_need is 'class:A; the matter that a need heard on a visit became; one visit gives at most one';

create table lx.field_act (
  county text collate "C" not null,
  id uuid not null,
  division text collate "C" not null,
  person uuid not null,
  branch uuid,
  people_group text collate "C" not null check (people_group in ('grid-leader', 'group-head', 'info-officer', 'party-volunteer')),
  role text collate "C" not null check (role in ('publicist', 'surveyor', 'agent', 'patroller', 'mediator')),
  note text not null check (length(note) between 1 and 200),
  matter uuid,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (county, id),
  foreign key (county, person) references lx.person (county, id),
  foreign key (county, branch) references lx.body (county, id),
  check (role <> 'agent' or matter is not null)
);
create index field_act_person on lx.field_act (county, person, occurred_at);
create index field_act_division on lx.field_act (county, division, id);
comment on table lx.field_act is 'class:P; field acts 五员服务 of four groups in five roles; a person reads the own ones, a branch sees distributions through a function, nobody sees an order of persons';
comment on column lx.field_act.matter is 'the matter opened or helped; every act as agent 代理员 has one';

-- Row-level security. Reference tables are public facts; the rest is one tenant's, and inside it one range of divisions.

do $$
declare name text;
begin
  foreach name in array array['division', 'division_successor', 'post'] loop
    execute format('alter table lx.%I enable row level security', name);
    execute format('alter table lx.%I force row level security', name);
    execute format('create policy read_all on lx.%I for select using (true)', name);
    execute format('grant select on lx.%I to rt_public, rt_resident, rt_office, rt_auth, rt_worker, rt_audit', name);
  end loop;

  -- Written inside the actor's range by offices; what has ended is closed by valid_to, never deleted.
  foreach name in array array['person', 'body', 'body_link', 'place', 'service_room', 'service_room_task', 'grid', 'grid_party_group',
    'duty_contact', 'establishment', 'appointment', 'party_membership', 'village_standing', 'organisation', 'organisation_link',
    'convenience_station', 'office_management', 'household', 'household_member', 'contact_assignment', 'contact_visit', 'contact_need'] loop
    execute format('alter table lx.%I enable row level security', name);
    execute format('alter table lx.%I force row level security', name);
    execute format($p$create policy office_adds on lx.%I for insert to rt_office with check (
      county = nullif(current_setting('lx.county', true), '')
      and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), ''))$p$, name);
    execute format('grant select, insert on lx.%I to rt_office', name);
    if name not in ('service_room_task', 'contact_visit', 'contact_need') then
      execute format('grant update (valid_to) on lx.%I to rt_office', name);
    end if;
    if name not in ('contact_visit', 'contact_need') then
      execute format($p$create policy office_changes on lx.%I for update to rt_office using (
        county = nullif(current_setting('lx.county', true), '')
        and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), ''))
        with check (county = nullif(current_setting('lx.county', true), '')
        and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), ''))$p$, name);
    end if;
  end loop;

  -- Institutions: every office of the county reads them, because trees, routing and coverage cross villages.
  foreach name in array array['body', 'body_link', 'place', 'grid', 'duty_contact', 'establishment', 'appointment', 'convenience_station'] loop
    execute format($p$create policy county_reads on lx.%I for select to rt_office, rt_worker using (
      county = nullif(current_setting('lx.county', true), ''))$p$, name);
    execute format('grant select on lx.%I to rt_worker', name);
  end loop;

  -- Persons and what is kept about people and villages: the actor's range alone.
  foreach name in array array['person', 'service_room', 'service_room_task', 'grid_party_group', 'village_standing', 'organisation',
    'organisation_link', 'office_management', 'household', 'household_member', 'contact_assignment', 'contact_visit', 'contact_need'] loop
    execute format($p$create policy office_reads on lx.%I for select to rt_office using (
      county = nullif(current_setting('lx.county', true), '')
      and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), ''))$p$, name);
  end loop;
end $$;

grant update (name, code, place, place_tier) on lx.body to rt_office;
grant update (is_main, facilities_score, location_score) on lx.convenience_station to rt_office;
grant update (done_on) on lx.service_room_task to rt_office;
grant update (state, area_square_metres) on lx.service_room to rt_office;
grant update (party_body) on lx.organisation to rt_office;
grant update (takes_contact) on lx.household to rt_office, rt_resident;
grant update (valid_to, ended_by) on lx.contact_assignment to rt_office, rt_resident;

-- Party membership of persons: an office needs the capability besides the range.
create policy office_reads on lx.party_membership for select to rt_office using (
  county = nullif(current_setting('lx.county', true), '')
  and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), '')
  and strpos(nullif(current_setting('lx.caps', true), ''), ',read-members,') > 0);

-- A person reads the own rows, whatever the office held.
create policy own_reads on lx.person for select to rt_office, rt_resident using (
  county = nullif(current_setting('lx.county', true), '') and id = nullif(current_setting('lx.uid', true), '')::uuid);
create policy own_reads on lx.appointment for select to rt_resident using (
  county = nullif(current_setting('lx.county', true), '') and person = nullif(current_setting('lx.uid', true), '')::uuid);
create policy own_reads on lx.party_membership for select to rt_office, rt_resident using (
  county = nullif(current_setting('lx.county', true), '') and person = nullif(current_setting('lx.uid', true), '')::uuid);
grant select on lx.person, lx.appointment, lx.party_membership to rt_resident;

-- What anybody may see: bodies other than Party groups, convenience stations, published duty contacts, the names of grids.
create policy public_reads on lx.body for select to rt_public, rt_resident using (
  county = nullif(current_setting('lx.county', true), '') and kind <> 'party-group');
create policy public_reads on lx.grid for select to rt_public, rt_resident using (county = nullif(current_setting('lx.county', true), ''));
create policy public_reads on lx.convenience_station for select to rt_public, rt_resident using (
  county = nullif(current_setting('lx.county', true), ''));
create policy public_reads on lx.duty_contact for select to rt_public, rt_resident using (
  county = nullif(current_setting('lx.county', true), '') and published_day is not null);
grant select on lx.body, lx.grid, lx.convenience_station, lx.duty_contact to rt_public, rt_resident;

-- A household speaks for itself: it reads its contact and visits, and may decline or change the contact.
create policy own_reads on lx.household_member for select to rt_resident using (
  county = nullif(current_setting('lx.county', true), '') and person = nullif(current_setting('lx.uid', true), '')::uuid);
create policy own_reads on lx.household for select to rt_resident using (
  county = nullif(current_setting('lx.county', true), '') and (
    id in (select m.household from lx.household_member m where m.county = household.county and m.person = nullif(current_setting('lx.uid', true), '')::uuid)
    or id in (select a.household from lx.contact_assignment a where a.county = household.county and a.member = nullif(current_setting('lx.uid', true), '')::uuid)));
create policy own_changes on lx.household for update to rt_resident using (
  county = nullif(current_setting('lx.county', true), '') and id in (
    select m.household from lx.household_member m where m.county = household.county and m.person = nullif(current_setting('lx.uid', true), '')::uuid))
  with check (county = nullif(current_setting('lx.county', true), ''));
create policy own_reads on lx.contact_assignment for select to rt_resident using (
  county = nullif(current_setting('lx.county', true), '') and (
    member = nullif(current_setting('lx.uid', true), '')::uuid
    or household in (select m.household from lx.household_member m where m.county = contact_assignment.county and m.person = nullif(current_setting('lx.uid', true), '')::uuid)));
create policy own_changes on lx.contact_assignment for update to rt_resident using (
  county = nullif(current_setting('lx.county', true), '') and household in (
    select m.household from lx.household_member m where m.county = contact_assignment.county and m.person = nullif(current_setting('lx.uid', true), '')::uuid))
  with check (county = nullif(current_setting('lx.county', true), ''));
create policy own_reads on lx.contact_visit for select to rt_resident using (
  county = nullif(current_setting('lx.county', true), '') and (
    visitor = nullif(current_setting('lx.uid', true), '')::uuid
    or household in (select m.household from lx.household_member m where m.county = contact_visit.county and m.person = nullif(current_setting('lx.uid', true), '')::uuid)));
create policy own_adds on lx.contact_visit for insert to rt_resident with check (
  county = nullif(current_setting('lx.county', true), '') and visitor = nullif(current_setting('lx.uid', true), '')::uuid
  and household in (select a.household from lx.contact_assignment a where a.county = contact_visit.county and a.member = nullif(current_setting('lx.uid', true), '')::uuid and a.valid_to is null));
create policy own_reads on lx.contact_need for select to rt_resident using (
  county = nullif(current_setting('lx.county', true), '')
  and visit in (select v.id from lx.contact_visit v where v.county = contact_need.county));
create policy own_adds on lx.contact_need for insert to rt_resident with check (
  county = nullif(current_setting('lx.county', true), '') and sent_by = nullif(current_setting('lx.uid', true), '')::uuid
  and visit in (select v.id from lx.contact_visit v where v.county = contact_need.county and v.visitor = nullif(current_setting('lx.uid', true), '')::uuid));
grant select on lx.household, lx.household_member, lx.contact_assignment, lx.contact_visit, lx.contact_need to rt_resident;
grant insert on lx.contact_visit, lx.contact_need to rt_resident;

-- Field acts: the person alone, in every role.
alter table lx.field_act enable row level security;
alter table lx.field_act force row level security;
create policy own_reads on lx.field_act for select to rt_office, rt_resident using (
  county = nullif(current_setting('lx.county', true), '') and person = nullif(current_setting('lx.uid', true), '')::uuid);
create policy own_adds on lx.field_act for insert to rt_office, rt_resident with check (
  county = nullif(current_setting('lx.county', true), '') and person = nullif(current_setting('lx.uid', true), '')::uuid
  and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), ''));
grant select, insert on lx.field_act to rt_office, rt_resident;

-- How much was done in a branch, without persons: bands of counts, nothing below five persons. Runs as the owner, since nobody but
-- the person reads field acts; it answers for a branch inside the caller's range alone.
create function lx.field_act_distribution(wanted uuid, from_day date, to_day date) returns json
language plpgsql stable security definer set search_path = pg_catalog, lx as $$
declare
  people integer;
begin
  if not exists (select from lx.body b where b.county = nullif(current_setting('lx.county', true), '') and b.id = wanted and b.kind = 'branch'
      and b.division >= nullif(current_setting('lx.lo', true), '') and b.division < nullif(current_setting('lx.hi', true), '')) then
    return null;
  end if;
  select count(distinct f.person) into people from lx.field_act f
    where f.county = nullif(current_setting('lx.county', true), '') and f.branch = wanted
      and f.occurred_at >= from_day::timestamp at time zone 'Asia/Shanghai' and f.occurred_at < (to_day + 1)::timestamp at time zone 'Asia/Shanghai';
  if people < 5 then
    return json_build_object('suppressed', true, 'roles', '[]'::json);
  end if;
  return json_build_object('suppressed', false, 'roles', (
    select coalesce(json_agg(json_build_object('role', r.role, 'acts', r.acts, 'bands', json_build_array(
      json_build_object('atLeast', 1, 'atMost', 1, 'persons', r.one), json_build_object('atLeast', 2, 'atMost', 4, 'persons', r.few),
      json_build_object('atLeast', 5, 'atMost', 9, 'persons', r.some), json_build_object('atLeast', 10, 'atMost', null, 'persons', r.many))) order by r.role), '[]'::json)
    from (
      select n.role, sum(n.acts)::int as acts, count(*) filter (where n.acts = 1) as one, count(*) filter (where n.acts between 2 and 4) as few,
        count(*) filter (where n.acts between 5 and 9) as some, count(*) filter (where n.acts >= 10) as many
      from (
        select f.role, f.person, count(*) as acts from lx.field_act f
        where f.county = nullif(current_setting('lx.county', true), '') and f.branch = wanted
          and f.occurred_at >= from_day::timestamp at time zone 'Asia/Shanghai' and f.occurred_at < (to_day + 1)::timestamp at time zone 'Asia/Shanghai'
        group by f.role, f.person) n
      group by n.role) r));
end $$;
comment on function lx.field_act_distribution is 'reviewed: no person and no order leaves it; null outside the caller''s range, suppressed below five persons';
revoke all on function lx.field_act_distribution from public;
grant execute on function lx.field_act_distribution to rt_office;

-- Identity numbers and phones: no policy and no grant; one function writes them, for a person inside the caller's range.
create function lx.put_person_identity(wanted uuid, what text, sealed bytea, hash bytea, at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, lx as $$
begin
  if coalesce(strpos(nullif(current_setting('lx.caps', true), ''), ',appoint,'), 0) > 0 and exists (
    select from lx.person p where p.county = nullif(current_setting('lx.county', true), '') and p.id = wanted
      and p.division >= nullif(current_setting('lx.lo', true), '') and p.division < nullif(current_setting('lx.hi', true), ''))
  then
    insert into lx.person_identity (county, person, kind, cipher, lookup_hash, recorded_at)
      values (nullif(current_setting('lx.county', true), ''), wanted, what, sealed, hash, at)
      on conflict (county, person, kind) do update set cipher = excluded.cipher, lookup_hash = excluded.lookup_hash, recorded_at = excluded.recorded_at;
    return true;
  end if;
  return false;
end $$;
comment on function lx.put_person_identity is 'reviewed: writes for a person inside the caller''s range, to an office that may appoint; reads nothing back';
revoke all on function lx.put_person_identity from public;
grant execute on function lx.put_person_identity to rt_office;

alter table lx.person_identity enable row level security;
alter table lx.person_identity force row level security;
