import { DivisionCode, scopeOf, type DivisionScope } from '@lianxin/domain';

/** The database roles of docs/design/tables.md that a transaction may take; posts are data, never roles. */
export type Role = 'rt_public' | 'rt_resident' | 'rt_office' | 'rt_auth' | 'rt_journal' | 'rt_worker' | 'rt_audit';

/**
 * What row-level security is told about one transaction: the role, the tenant, the person, the range of divisions and the
 * capabilities. It guards against our own mistakes; it is no proof of who asks, that is what access rules are for.
 */
export interface Context {
  readonly role: Role;
  /** Six-digit county code, or empty where a role works before any tenant is known (`rt_auth`). */
  readonly county: string;
  /** The person who acts; null for a visitor and for the system. */
  readonly uid: string | null;
  /** First division code of the half-open range. */
  readonly lo: string;
  /** First division code after the range. */
  readonly hi: string;
  readonly caps: readonly string[];
  /** Divisions outside the range whose files the office has taken over after a merge or split; see `standsFor` of an office. */
  readonly before?: readonly string[] | undefined;
}

const countyCode = /^(?:[0-9]{6})?$/;
const rangeEnd = /^(?:[0-9]{1,12}(?:-group-[0-9]{3}|-grid-[0-9]{3}(?:-[0-9]{2})?)?:?)?$/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const capability = /^[a-z][a-z-]*$/;

/**
 * Throws unless every setting has its shape, so that a slip of ours can never open a wider range than was meant.
 * It is an exception, not a fault: only code of ours makes a context.
 */
export const checkContext = (context: Context): void => {
  if (!countyCode.test(context.county)) throw new TypeError(`not a county code: ${context.county}`);
  if (!rangeEnd.test(context.lo) || !rangeEnd.test(context.hi)) throw new TypeError('not a range of divisions');
  if (context.uid !== null && !uuid.test(context.uid)) throw new TypeError('not the id of a person');
  for (const code of context.before ?? []) {
    if (!DivisionCode.safeParse(code).success || tenantOf(code) !== context.county)
      throw new TypeError(`not a division of ${context.county}: ${code}`);
  }
  for (const cap of context.caps) if (!capability.test(cap)) throw new TypeError(`not a capability: ${cap}`);
};

/** Capabilities as `lx.caps` holds them: a comma before, between and after, so that a policy can look for `,import,`. */
export const capsSetting = (caps: readonly string[]): string => (caps.length === 0 ? '' : `,${caps.join(',')},`);

/** The tenant of a division: the first six digits of its code. A city without counties is its own. */
export const tenantOf = (division: string): string => division.slice(0, 6);

/**
 * What a list of a division holds for this context: the division's range and, for the office's own division, what it took over.
 * A division named by its own code is that division alone, so that old and new can also be read apart.
 */
export const scopeWithin = (
  context: Context,
  division: string,
): DivisionScope & { readonly before: readonly string[] } => {
  const scope = scopeOf(division);
  return { ...scope, before: scope.lo === context.lo ? (context.before ?? []) : [] };
};

/** The context of a visitor at one division: no person, no capability. */
export const publicContext = (division: string): Context => {
  const scope = scopeOf(division);
  return { role: 'rt_public', county: tenantOf(division), uid: null, lo: scope.lo, hi: scope.hi, caps: [] };
};

/** The context of the system itself in a whole county; for workers, sweeps and the sequencer. */
export const systemContext = (
  county: string,
  role: 'rt_worker' | 'rt_journal' | 'rt_audit' = 'rt_worker',
): Context => ({
  role,
  county,
  uid: null,
  lo: county,
  hi: `${county}:`,
  caps: [],
});
