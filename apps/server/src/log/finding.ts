/** What a check found: where it is, so that somebody can look, and in words what is wrong. */
export interface Finding {
  readonly table:
    | 'journal_entry'
    | 'log_year'
    | 'log_leaf'
    | 'log_private_entry'
    | 'log_tile'
    | 'log_checkpoint'
    | 'log_cosignature'
    | 'access_log'
    | 'certificate'
    | 'signer';
  readonly county: string;
  readonly year: number | null;
  /** Index in the log, where there is one. */
  readonly index: number | null;
  /** Key of the row within its table. */
  readonly row: string;
  readonly what:
    | 'journal-entry-missing'
    | 'journal-entry-changed'
    | 'journal-entry-unknown-place'
    | 'journal-entry-back-dated'
    | 'leaf-missing'
    | 'leaf-unreadable'
    | 'leaf-hash-wrong'
    | 'leaf-columns-wrong'
    | 'leaf-kind-wrong'
    | 'leaf-order-wrong'
    | 'opening-wrong'
    | 'previous-year-changed'
    | 'private-root-wrong'
    | 'private-count-wrong'
    | 'audit-rows-changed'
    | 'cosignature-wrong'
    | 'certificate-changed'
    | 'tile-wrong'
    | 'checkpoint-root-wrong'
    | 'checkpoint-beyond-log'
    | 'checkpoint-not-signed'
    | 'key-replaced'
    | 'signed-more-than-there-is'
    | 'signed-something-else'
    | 'evidence-contradicts';
}

/** Outcome of checking the logs of a county. */
export interface LogCheck {
  readonly county: string;
  readonly leaves: number;
  readonly entries: number;
  /** Entries whose seed was erased: they can no longer be compared with what was sealed, so a surprising number is a question. */
  readonly erased: number;
  readonly findings: readonly Finding[];
  /** The smallest bad index of the first log that has one. */
  readonly firstBad: { readonly year: number; readonly index: number } | null;
}

/** Collects findings; the first bad place is what an investigator starts from. */
export class Findings {
  readonly #found: Finding[] = [];
  readonly #most: number;

  constructor(most = 1000) {
    this.#most = most;
  }

  add(finding: Finding): void {
    if (this.#found.length < this.#most) this.#found.push(finding);
  }

  all(): readonly Finding[] {
    return this.#found;
  }

  firstBad(): LogCheck['firstBad'] {
    const placed = this.#found.flatMap(({ year, index }) => (year === null || index === null ? [] : [{ year, index }]));
    return placed.toSorted((a, b) => a.year - b.year || a.index - b.index)[0] ?? null;
  }
}
