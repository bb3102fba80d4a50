import type { Tracking } from '@lianxin/contract';
import type { Result } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { proofFileOf } from '../log/index.js';
import { logStateFrom, trackMatter } from '../matters/index.js';
import type { Language } from './components/language.js';
import { trackingInWords } from './words/terms.js';

/** What makes a form answerable once 表单凭据: the token is its actor, the command id makes a second press harmless. */
export interface Ticket {
  readonly commandId: string;
  readonly formToken: string;
}

/** A tracked matter and the journal entry its receipt stands for. */
export interface Followed {
  readonly tracking: Tracking;
  readonly entry: { readonly county: string; readonly journal: string } | null;
}

/** The matter of a receipt with its way into the log; refuses `receipt-code-wrong` and `not-found`. */
export const followReceipt = async (deps: Deps, code: string, language: Language): Promise<Result<Followed>> => {
  const entries: { county: string; journal: string }[] = [];
  const logState = logStateFrom(deps);
  const found = await trackMatter(deps, code, language, (county, journal) => {
    entries.push({ county, journal });
    return logState(county, journal);
  });
  if (!found.ok) return found;
  return { ok: true, value: { tracking: trackingInWords(found.value, language), entry: entries[0] ?? null } };
};

/** The proof file 存证文件 of a receipt; null while its entry is not in the log yet. */
export const proofOf = async (deps: Deps, followed: Followed): Promise<string | null> =>
  followed.entry === null ? null : proofFileOf(deps, followed.entry.county, followed.entry.journal);
