import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readFileTree, readPacks } from '@lianxin/pack-reader';
import { z } from 'zod';
import type { Deps, Log } from '../deps.js';
import { recordAsOwner } from '../journal/index.js';
import { bodyOf } from './pack-body.js';
import { activate, keepVersion, type Sql } from './policy-packs.store.js';
import { forgetRules } from './rule-book.js';

/** Which packs a demonstration county runs; places are named as in the list of divisions beside it. */
const Activations = z.object({
  kind: z.literal('activations'),
  activations: z.array(z.object({ place: z.string(), packs: z.array(z.string()) })),
});
const Places = z.object({ counties: z.array(z.object({ key: z.string(), code: z.string() })) });

const read = <S extends z.ZodType>(file: string, schema: S): z.output<S> => {
  const tree = readFileTree(path.basename(file), readFileSync(file, 'utf8'));
  if (!tree.ok) throw new Error(`${file} cannot be read: ${tree.faults.map((one) => one.fault.code).join(', ')}`);
  return schema.parse(tree.tree.tree);
};

/** The folder among the packs that holds the demonstration's activations. */
const demonstrationIn = (packs: string): string | undefined =>
  readdirSync(packs, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(packs, entry.name))
    .find((folder) => existsSync(path.join(folder, 'activations.yaml')));

/** First day that rules made for replaying old data answer for. */
const firstDay = '2011-01-01';

/**
 * Keeps every pack that can be run and activates those the demonstration names (演示启用). Packs with faults are left out and
 * named in the log: a matter may not rest on a rule that does not check. Doing it twice changes nothing.
 */
export const seedPacks = async (
  deps: Pick<Deps, 'pool' | 'clock' | 'newId' | 'random' | 'config'> & { readonly log: Log },
  owner: Sql,
): Promise<{ readonly kept: readonly string[]; readonly activated: number }> => {
  const folder = demonstrationIn(deps.config.packs);
  if (folder === undefined) return { kept: [], activated: 0 };
  const { packs, check } = readPacks(deps.config.packs);
  const places = new Map(read(path.join(folder, 'divisions.yaml'), Places).counties.map((one) => [one.key, one.code]));
  const kept = new Set<string>();
  let activated = 0;
  for (const { place, packs: wanted } of read(path.join(folder, 'activations.yaml'), Activations).activations) {
    const division = places.get(place);
    if (division === undefined) throw new Error(`activations.yaml names ${place}, which is no place of divisions.yaml`);
    for (const id of wanted) {
      const pack = packs.get(id);
      if (pack === undefined) continue;
      const faults = check(pack);
      if (faults.length > 0) {
        deps.log('warn', 'pack-not-activated', { pack: id, faults: faults.slice(0, 5).map((one) => one.fault.code) });
        continue;
      }
      await keepVersion(owner, pack.hash, bodyOf(pack, packs), deps.clock());
      kept.add(id);
      const fresh = await activate(owner, {
        county: division.slice(0, 6),
        id: deps.newId(),
        division,
        pack: id,
        hash: pack.hash,
        from: firstDay,
        recordedAt: deps.clock(),
      });
      if (fresh) {
        const { version } = pack.manifest;
        const pub = { pack: id, version, hash: pack.hash, from: firstDay };
        await recordAsOwner(owner, deps, division.slice(0, 6), [{ kind: 'pack.activate', division, pub }]);
      }
      activated += 1;
    }
  }
  forgetRules(deps.pool);
  return { kept: [...kept], activated };
};
