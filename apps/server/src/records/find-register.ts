import { countyDate, fault, ok, refuse, ruleSchemas, type Register, type Result } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { rulesOf, type PackedRule } from '../policy-packs/index.js';
import type { Tx } from '../storage/index.js';

/** A register as it applies in a division, with the kinds of body and the offices that keep it. */
export interface FoundRegister {
  readonly register: Register;
  readonly pack: string;
  readonly hash: string;
  readonly packTitle: string;
  readonly keepers: ReadonlySet<string>;
}

/** What finding a register needs. */
export type RegisterDeps = Pick<Deps, 'pool' | 'clock'>;

const read = new WeakMap<object, Register>();

const registerOf = ({ rule }: PackedRule): Register => {
  const known = read.get(rule);
  if (known !== undefined) return known;
  const parsed = ruleSchemas.register.parse(rule.rule);
  read.set(rule, parsed);
  return parsed;
};

const foundOf = (packed: PackedRule): FoundRegister => {
  const register = registerOf(packed);
  return {
    register,
    pack: packed.pack.id,
    hash: packed.hash,
    packTitle: packed.pack.title,
    keepers: new Set(register.keepers),
  };
};

/** Registers that apply in a division today, the nearest activation first; of two with one id the nearer holds. */
export const registersFor = async (deps: RegisterDeps, tx: Tx, division: string): Promise<FoundRegister[]> => {
  const rules = await rulesOf(deps.pool, tx);
  const nearest = new Map<string, FoundRegister>();
  for (const packed of rules.rulesFor(division, countyDate(deps.clock()), 'register')) {
    if (!nearest.has(packed.rule.id)) nearest.set(packed.rule.id, foundOf(packed));
  }
  return [...nearest.values()];
};

/** One register by its id, as it applies in a division; refuses `unknown-register`. */
export const findRegister = async (
  deps: RegisterDeps,
  tx: Tx,
  division: string,
  id: string,
): Promise<Result<FoundRegister>> => {
  const found = (await registersFor(deps, tx, division)).find((each) => each.register.id === id);
  return found === undefined ? refuse(fault('unknown-register', { register: id })) : ok(found);
};
