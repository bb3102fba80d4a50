import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parsePolicy, type WitnessPolicy } from '@lianxin/domain';
import type { LogYear } from './log.store.js';
import { sha256 } from './sha256.js';

/** The operator's file of witnesses for all logs of a county: lines `witness`, `group`, `quorum` of c2sp.org/tlog-policy. */
export const policyFile = (data: string, county: string): string => path.join(data, 'log', county, 'policy');

const kept = new Map<string, { readonly changed: number; readonly text: string }>();

/** The operator's file, read again when it changed; a county without one asks for no witness. */
const linesOf = (data: string, county: string): string => {
  const file = policyFile(data, county);
  if (!existsSync(file)) return 'quorum none\n';
  const changed = statSync(file).mtimeMs;
  const known = kept.get(file);
  if (known?.changed === changed) return known.text;
  const text = readFileSync(file, 'utf8');
  kept.set(file, { changed, text });
  return text;
};

/** The policy of one log as it is served and printed: its own key, then the witnesses of its county. */
export const policyText = (data: string, origin: string, log: Pick<LogYear, 'county' | 'year' | 'key'>): string => {
  const url = `${origin}/log/${log.county}/${log.year}`;
  const lines = linesOf(data, log.county);
  return `log ${log.key} ${url}\n${lines}${lines.endsWith('\n') ? '' : '\n'}`;
};

/** The policy of one log; throws in words where the operator's file cannot be read as one. */
export const policyOf = (
  config: { readonly data: string; readonly origin: string },
  log: Pick<LogYear, 'county' | 'year' | 'key'>,
): WitnessPolicy => {
  const policy = parsePolicy(sha256, policyText(config.data, config.origin, log));
  if (policy === null) throw new Error(`${policyFile(config.data, log.county)} is not a policy (c2sp.org/tlog-policy)`);
  return policy;
};
