-- What staff say about requests that may be one matter, and the category a person gave a request. Nothing here is written by the machine alone.

create table lx.matter_link (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  id uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  one uuid not null,
  other uuid not null,
  same boolean not null,
  person uuid not null,
  office_body uuid not null,
  recorded_at timestamptz not null,
  undone_by uuid,
  undone_at timestamptz,
  primary key (county, id),
  foreign key (county, one) references lx.matter (county, id),
  foreign key (county, other) references lx.matter (county, id),
  check (one < other),
  check ((undone_by is null) = (undone_at is null))
);
comment on table lx.matter_link is 'class:A; what staff said about two requests 人工认定: the same matter, or not; undone, never deleted; whoever may not see both sees neither';
comment on column lx.matter_link.division is 'the lowest division that holds both, so that a village does not learn what stands in its neighbour''s files';
create unique index matter_link_pair on lx.matter_link (county, one, other) where undone_at is null;
create index matter_link_other on lx.matter_link (county, other) where undone_at is null;
create index matter_link_division on lx.matter_link (county, division, id);

create table lx.matter_category (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  id uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  matter uuid not null,
  path text[] not null check (cardinality(path) between 1 and 5),
  suggested boolean not null,
  person uuid not null,
  office_body uuid not null,
  recorded_at timestamptz not null,
  primary key (county, id),
  foreign key (county, matter) references lx.matter (county, id)
);
comment on table lx.matter_category is 'class:J; categories of requests 诉求分类 as people settled them, each time anew; the newest holds';
comment on column lx.matter_category.suggested is 'whether the person took what was suggested, so that the suggestions can be judged';
create index matter_category_matter on lx.matter_category (county, matter, recorded_at desc);
create index matter_category_division on lx.matter_category (county, division, recorded_at desc);

do $$
declare
  t text;
  in_range constant text := $q$county = nullif(current_setting('lx.county', true), '')
    and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), '')$q$;
begin
  foreach t in array array['matter_link', 'matter_category'] loop
    execute format('alter table lx.%I enable row level security', t);
    execute format('alter table lx.%I force row level security', t);
    execute format('create policy range_read on lx.%I for select to rt_office using (%s)', t, in_range);
    execute format('create policy range_insert on lx.%I for insert to rt_office with check (%s)', t, in_range);
    execute format('grant select, insert on lx.%I to rt_office', t);
  end loop;
  execute format('create policy range_update on lx.matter_link for update to rt_office using (%s) with check (%s)', in_range, in_range);
end $$;
grant update (undone_by, undone_at) on lx.matter_link to rt_office;

-- What hangs on a matter is seen by those who see the matter: not by whom it is about, not by a post that sees its own matters alone.
create policy recuse on lx.matter_link as restrictive for all to rt_office using (
  exists (select 1 from lx.matter m where m.county = matter_link.county and m.id = matter_link.one)
  and exists (select 1 from lx.matter m where m.county = matter_link.county and m.id = matter_link.other));
create policy recuse on lx.matter_category as restrictive for all to rt_office using (
  exists (select 1 from lx.matter m where m.county = matter_category.county and m.id = matter_category.matter));
