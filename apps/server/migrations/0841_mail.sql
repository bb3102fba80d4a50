-- Mail 邮件: who asked to be told by mail, and of what. Addresses lie sealed under a key that is not in the database; the worker that sends reads
-- them, nobody else but the person himself. Nothing is sent to an address that was not confirmed from its own inbox.

create table lx.mail_address (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  person uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  cipher bytea not null,
  confirmed_at timestamptz,
  recorded_at timestamptz not null,
  primary key (county, person),
  foreign key (county, person) references lx.person (county, id)
);
comment on table lx.mail_address is 'class:P; where a person wants the daily digest of the own inbox 每日待办邮件: sealed address, confirmed from that inbox; gone when it is stopped';

create table lx.matter_mail (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  matter uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{12}(-|$)'),
  cipher bytea not null,
  confirmed_at timestamptz,
  recorded_at timestamptz not null,
  primary key (county, matter),
  foreign key (county, matter) references lx.matter (county, id)
);
comment on table lx.matter_mail is 'class:A; where the holder of a receipt wants to hear of its progress 进展邮件: sealed address, confirmed from that inbox; gone when it is stopped and when the matter has ended';
create index matter_mail_division on lx.matter_mail (county, division, matter);

do $$
declare
  t text;
  worked constant text := $r$county = nullif(current_setting('lx.county', true), '')
    and division >= nullif(current_setting('lx.lo', true), '') and division < nullif(current_setting('lx.hi', true), '')$r$;
  own constant text := $r$county = nullif(current_setting('lx.county', true), '') and person = nullif(current_setting('lx.uid', true), '')::uuid$r$;
begin
  foreach t in array array['mail_address', 'matter_mail'] loop
    execute format('alter table lx.%I enable row level security', t);
    execute format('alter table lx.%I force row level security', t);
    execute format('create policy worker_reads on lx.%I for select to rt_worker using (%s)', t, worked);
    execute format('create policy worker_confirms on lx.%I for update to rt_worker using (%s) with check (%s)', t, worked, worked);
    execute format('create policy worker_stops on lx.%I for delete to rt_worker using (%s)', t, worked);
    execute format('grant select, delete, update (confirmed_at) on lx.%I to rt_worker', t);
  end loop;
  execute format('create policy own_reads on lx.mail_address for select to rt_resident, rt_office using (%s)', own);
  execute format('create policy own_adds on lx.mail_address for insert to rt_resident, rt_office with check (%s)', own);
  execute format('create policy own_changes on lx.mail_address for update to rt_resident, rt_office using (%s) with check (%s)', own, own);
  execute format('create policy own_removes on lx.mail_address for delete to rt_resident, rt_office using (%s)', own);
end $$;
grant select, insert, delete, update (cipher, confirmed_at, recorded_at, division) on lx.mail_address to rt_resident, rt_office;

-- The holder of a receipt leaves an address, or takes it away (null); definer, because a visitor has no grant on matters. Gives the matter's id,
-- or null where there is no such receipt or the matter has ended.
create function lx.receipt_leaves_mail(p_county text, p_hash bytea, p_cipher bytea, p_at timestamptz) returns uuid
language plpgsql security definer set search_path = pg_catalog, lx as $$
declare
  found_matter uuid;
  its_division text;
begin
  select m.id, m.division into found_matter, its_division from lx.matter m
  where m.county = p_county and m.receipt_hash = p_hash and m.state <> 'ended' and p_county = nullif(current_setting('lx.county', true), '');
  if found_matter is null then
    return null;
  end if;
  if p_cipher is null then
    delete from lx.matter_mail where county = p_county and matter = found_matter;
  else
    insert into lx.matter_mail (county, matter, division, cipher, recorded_at) values (p_county, found_matter, its_division, p_cipher, p_at)
    on conflict (county, matter) do update set cipher = excluded.cipher, confirmed_at = null, recorded_at = excluded.recorded_at
      where matter_mail.recorded_at <= p_at - interval '2 minutes';
    -- Each leaving sends a mail that asks; nobody may have a stranger asked over and over.
    if not found then
      raise exception 'just left' using errcode = 'LX429';
    end if;
  end if;
  return found_matter;
end $$;
comment on function lx.receipt_leaves_mail(text, bytea, bytea, timestamptz) is 'leaves or takes away the address for progress mail of the matter with this receipt; tells nothing else of it';
revoke execute on function lx.receipt_leaves_mail(text, bytea, bytea, timestamptz) from public;
grant execute on function lx.receipt_leaves_mail(text, bytea, bytea, timestamptz) to rt_public, rt_resident;
