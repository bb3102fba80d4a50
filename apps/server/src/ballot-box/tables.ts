/**
 * Tables of a ballot box 票箱. No time, no serial number, no address, no person, no default and no trigger: nothing here can say who came, or when.
 * One cluster holds one ballot, so a row need not say which.
 */
export const boxTables = `
create table if not exists ballot_box (
  hash bytea primary key check (length(hash) = 32),
  question text collate "C" not null,
  token text collate "C" not null,
  a text collate "C" not null,
  b text collate "C" not null,
  sealed text collate "C" not null,
  wraps text[] not null
);
comment on table ballot_box is 'sealed votes by the hash of their tokens';
create table if not exists ballot_void (
  hash bytea primary key check (length(hash) = 32),
  question text collate "C" not null
);
comment on table ballot_void is 'tokens surrendered unused, for a slip of paper';
create table if not exists ballot_closed (closed boolean primary key check (closed));
comment on table ballot_closed is 'one row once the box is closed';`;

/** Tables that are published in the order of their keys when the box is closed. */
export const tablesInOrder = ['ballot_box', 'ballot_void'] as const;
