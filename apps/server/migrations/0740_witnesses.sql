-- Witnesses 见证 (docs/design/log-format.md): who outside saw the log grow, and when.

create table lx.log_cosignature (
  county text collate "C" not null check (county ~ '^[0-9]{6}$'),
  year integer not null,
  tree_size bigint not null,
  witness text collate "C" not null check (length(witness) between 1 and 200),
  line text collate "C" not null check (octet_length(line) <= 600),
  cosigned_at timestamptz not null,
  received_at timestamptz not null,
  primary key (county, year, tree_size, witness),
  foreign key (county, year, tree_size) references lx.log_checkpoint (county, year, tree_size)
);
comment on table lx.log_cosignature is 'class:O; 见证签名: the signature line of a witness of the policy under a checkpoint, verified before it was kept';
comment on column lx.log_cosignature.witness is 'name in the policy file of the county';
comment on column lx.log_cosignature.cosigned_at is 'by the witness''s own clock, covered by its signature';
create index log_cosignature_newest on lx.log_cosignature (county, year, witness, tree_size desc);

alter table lx.log_cosignature enable row level security;
alter table lx.log_cosignature force row level security;
create policy read on lx.log_cosignature for select to rt_public, rt_resident, rt_office, rt_worker, rt_audit, rt_journal using (true);
create policy write on lx.log_cosignature for insert to rt_journal with check (county = nullif(current_setting('lx.county', true), ''));
grant select on lx.log_cosignature to rt_public, rt_resident, rt_office, rt_worker, rt_audit, rt_journal;
grant insert on lx.log_cosignature to rt_journal;

-- The first moment at which enough witnesses had cosigned a checkpoint: proofs are given under the newest such checkpoint.
alter table lx.log_checkpoint add column witnessed_at timestamptz;
comment on column lx.log_checkpoint.witnessed_at is 'when the quorum of the policy was first met; null until then';
grant update (witnessed_at) on lx.log_checkpoint to rt_journal;
