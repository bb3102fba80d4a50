-- Proofs are given under the newest checkpoint that enough witnesses cosigned; found without reading those that came since.
create index log_checkpoint_witnessed on lx.log_checkpoint (county, year, tree_size) where witnessed_at is not null;
