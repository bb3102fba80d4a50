import { countyDate, deriveProgress, isPublicDecision, type CertificateSource } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { inContext, systemContext } from '../storage/index.js';
import { contextFor, pinnedTo } from './act-on-matter.js';
import { momentOf, recordOf } from './matter-file.js';
import { readFile } from './matters.store.js';

/** A decision that has ended, as far as its certificate needs the matter. */
export type EndedDecision = Omit<CertificateSource, 'id' | 'issued' | 'steps'> & { readonly endedAt: string };

/** A public decision that has ended 已办结的决策; null for a matter that is not there, still open, or no public decision. */
export const endedDecision = async (deps: Deps, county: string, id: string): Promise<EndedDecision | null> =>
  inContext(deps, systemContext(county), async (tx) => {
    const file = await readFile(tx, id);
    if (file === undefined) return null;
    const context = await contextFor(deps, tx, file);
    const packed = pinnedTo(context, file);
    const { procedure } = packed;
    if (!isPublicDecision(procedure)) return null;
    const progress = deriveProgress(procedure, recordOf(file), context.calendar, context.now);
    if (progress.state !== 'ended' || progress.ended === undefined) return null;
    const { matter } = file;
    const objections: Record<string, number> = {};
    for (const act of file.acts)
      if (act.act === 'object' && act.stage !== null) objections[act.stage] = (objections[act.stage] ?? 0) + 1;
    const within = [county.padEnd(12, '0'), `${matter.division.slice(0, 9)}000`, matter.division];
    return {
      matter: { id, kind: matter.kind ?? procedure.id, number: matter.number, title: matter.subject },
      place: {
        division: matter.division,
        names: [...new Set(within)].map(context.directory.nameOf).filter((name) => name !== ''),
      },
      rule: { pack: packed.pack.id, version: packed.pack.version, hash: packed.hash },
      procedure,
      progress,
      endedOn: countyDate(progress.ended),
      endedAt: momentOf(matter.ended_at ?? progress.ended),
      objections,
    };
  });
