import { certificateHash, certificateOf, certificateText } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import type { EffectHandler } from '../effects/handler.js';
import { writeJournal } from '../journal/index.js';
import { decisionSteps, publishCounty, sealCounty, sha256 } from '../log/index.js';
import { endedDecision } from '../matters/index.js';
import { inContext, systemContext } from '../storage/index.js';
import { certificateOfEnding, insertCertificate } from './certificates.store.js';

/**
 * Issues 出证 the certificate of a decision that has ended; gives its id, or null where there is none to give (nothing public, nobody voted).
 *
 * The steps are sealed first: a certificate says nothing that is not in the log. Done twice it gives the one there is. Its own hash becomes a
 * leaf, so that no letter of it can be changed afterwards.
 */
export const issueCertificate = async (deps: Deps, county: string, matter: string): Promise<string | null> => {
  await sealCounty(deps, county);
  await publishCounty(deps, county);
  const decision = await endedDecision(deps, county, matter);
  if (decision === null) return null;
  const steps = await decisionSteps(deps, county, matter);
  const id = await inContext(deps, systemContext(county), async (tx) => {
    const known = await certificateOfEnding(tx, county, matter, decision.endedAt);
    if (known !== undefined) return known;
    const now = deps.clock();
    const certificate = certificateOf({ ...decision, id: deps.newId(), issued: now, steps });
    if (certificate === null) return null;
    const { journalId } = writeJournal(tx, {
      kind: 'certificate',
      division: decision.place.division,
      pub: {
        matter_kind: certificate.matter.kind,
        matter,
        doc_sha256: certificateHash(sha256, certificate),
        result: certificate.result.id,
      },
      commitFields: { certificate: certificate.id },
    });
    await insertCertificate(tx, {
      county,
      id: certificate.id,
      division: decision.place.division,
      matter,
      title: certificate.matter.title ?? null,
      result: certificate.result.id,
      body: certificateText(certificate),
      journal: journalId,
      ended_at: decision.endedAt,
      issued_at: now,
    });
    return certificate.id;
  });
  if (id === null) return null;
  await sealCounty(deps, county);
  await publishCounty(deps, county);
  return id;
};

/** Carries out what an ended decision leaves behind. */
export const issueOnEnding: EffectHandler = {
  effect: 'issue-certificate',
  carryOut: async (deps, effect) => {
    const { payload } = effect;
    const named = typeof payload === 'object' && payload !== null && 'matter' in payload ? payload.matter : undefined;
    if (typeof named === 'string') await issueCertificate(deps, effect.county, named);
  },
};
