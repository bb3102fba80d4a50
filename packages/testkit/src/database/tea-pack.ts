import { createHash } from 'node:crypto';
import { Procedure, type ProcedureText } from '@lianxin/domain';
import { activate, keepVersion, type PackBody, type Sql } from '@lianxin/server';

type KeptRule = PackBody['rules'][number];

/** A pack of the made-up county as rules alone: all of one mechanism, in no document. */
export interface TeaPack {
  readonly id: string;
  readonly title: string;
  readonly mechanism: string;
  readonly rules: readonly Pick<KeptRule, 'kind' | 'id' | 'inForce'>[];
  /** What its articles are called; they stay ids without. */
  readonly sourceNames?: Readonly<Record<string, string>>;
  /** The day from which it runs; the first day of 2020 unless another is said. */
  readonly from?: string;
}

/** Procedures as they are written, as rules of a pack. */
export const proceduresOf = (...texts: readonly ProcedureText[]): Procedure[] =>
  texts.map((text) => Procedure.parse(text));

/** Keeps a pack and activates it in a division; gives the hash of its version. `activation` is an id no other one has. */
export const activateTeaPack = async (
  owner: Sql,
  division: string,
  activation: string,
  { id, title, mechanism, rules, sourceNames, from = '2020-01-01' }: TeaPack,
): Promise<string> => {
  const body: PackBody = {
    manifest: { id, title, version: '1.0.0', maintainer: '茶县', template: false, extends: [] },
    ...(sourceNames === undefined ? {} : { sourceNames }),
    sources: [],
    bodies: { bodies: [], offices: [], relations: [] },
    mechanisms: [mechanism],
    rules: rules.map((rule) => ({
      kind: rule.kind,
      id: rule.id,
      mechanism,
      inForce: rule.inForce,
      covers: [],
      rule,
    })),
  };
  const hash = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  const recordedAt = `${from}T00:00:00Z`;
  await keepVersion(owner, hash, body, recordedAt);
  await activate(owner, { county: division.slice(0, 6), id: activation, division, pack: id, hash, from, recordedAt });
  return hash;
};
