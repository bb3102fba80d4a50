/** Exceptions to the rules of the schema, each read by a person and with its reason. `schema.test.ts` refuses any other. */

/** Columns of append-only tables that one role may fill in later: `table.column role`. */
export const reviewedColumnUpdates = [
  // Where the sequencer put the entry; markers set once.
  'journal_entry.log_index rt_journal',
  'journal_entry.log_year rt_journal',
  'journal_entry.log_position rt_journal',
  // How an effect went; what was to be done stays as the act wrote it.
  'outbox.attempts rt_worker',
  'outbox.not_before rt_worker',
  'outbox.done_at rt_worker',
  'outbox.failed_at rt_worker',
  'outbox.last_error rt_worker',
] as const;

/** Functions that run as the owner of the tables. */
export const reviewedDefiners = [
  // What a rule in force opens to everybody: public ledgers without personal fields, and the course of matters whose procedure opens it;
  // the rule is read in the function, so that no caller decides.
  'public_records',
  'open_matters',
  // Answers only for a session token that exists, has not expired, and whose account is open.
  'session_of',
  // Which divisions and bodies became which: public facts and ids that every office of the county reads; the log-in role asks for them.
  'divisions_before',
  'bodies_before',
  // Triggers of `matter`: keep the counts by village, and forget contact data of a matter that no longer needs it.
  'count_matter',
  'count_new_matters',
  'forget_contact',
  // A resident or visitor opens a matter in his own name, through the portal's channel, in the county of the context; nothing else.
  'resident_opens',
  // The holder of a receipt reads and acts on the matter with that receipt's hash, and its parts.
  'receipt_file',
  'receipt_acts',
  // The holder of a receipt leaves or takes away the sealed address for mail of that matter; nothing is read.
  'receipt_leaves_mail',
  // Which divisions a person complained about holds office in, on a day: decides who may see the complaint. Divisions only.
  'accused_offices',
  // Counts of a branch's field acts in bands; nothing below five persons.
  'field_act_distribution',
  // Writes an identity number for a person in range, with the capability to appoint; never reads one.
  'put_person_identity',
  // The same for many at once, and which persons in range have a number; neither a number nor a cipher comes out.
  'put_person_identities',
  'find_identities',
  // County codes that have a pack or a body: what the portal lists anyway.
  'counties_at_work',
  // Log-ins of persons in range, for the administrator alone: one is added, a password renewed, names listed; no hash comes out.
  'hand_out_log_in',
  'renew_password',
  'log_ins_in_range',
  // The same administrator sees until when a name is locked, closes, reopens, unlocks and binds: never his own log-in.
  'locks_of',
  'close_account',
  'reopen_account',
  'unlock_name',
  'bind_account',
  // Takes a lost second factor away from a person in range, for an administrator and never for himself.
  'reset_second_factor',
] as const;

/** Unique keys that do not start with the tenant. */
export const reviewedUniqueKeys = [
  // One seed for two entries would let one receipt open the other; random, so a clash tells nothing.
  'journal_entry_seed',
  // The origin of a log names its county and year, and is published.
  'log_year_origin_key',
] as const;

/** Foreign keys between tenant tables without the tenant. */
export const reviewedForeignKeys: readonly string[] = [];

/** Tables of class A without an index that starts with county and division. */
export const reviewedWideIndexes: readonly string[] = [
  // A few rows a village, found by the unique key of those that hold today.
  'grid',
  'village_standing',
];
