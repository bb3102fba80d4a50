import { consistencyFromTiles, parseCheckpointBody, parseNote, type AddCheckpoint } from '@lianxin/domain';
import { sha256 } from '../checks.js';
import type { KnownLogs, Witness, Witnessing } from './witness.js';
import type { WitnessFolder } from './witness-folder.js';

/** What came of one log. */
export interface Pulled {
  readonly origin: string;
  readonly done: Witnessing | 'nothing-new' | 'unreadable';
}

interface Site {
  readonly read: (path: string) => Promise<Uint8Array | null>;
  readonly send: (path: string, body: object) => Promise<number>;
}

/** A log's server over HTTP. */
export const siteAt = (base: string): Site => ({
  read: async (path) => {
    const answer = await fetch(new URL(path, base), { signal: AbortSignal.timeout(20_000) });
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  },
  send: async (path, body) => {
    const headers = { 'content-type': 'application/json' };
    const options = { method: 'POST', headers, body: JSON.stringify(body), signal: AbortSignal.timeout(20_000) };
    return (await fetch(new URL(path, base), options)).status;
  },
});

const textOf = (bytes: Uint8Array | null): string => new TextDecoder().decode(bytes ?? new Uint8Array(0));

const pathsOf = (list: string): string[] => {
  const { logs } = JSON.parse(list) as { logs?: { county?: unknown; year?: unknown }[] };
  return (logs ?? []).map((log) => `/log/${String(log.county)}/${String(log.year)}`);
};

/**
 * Fetches 取回见证 what is new of every known log, computes the proof from the log's own tiles, cosigns and brings the signature: the same
 * statement as over `add-checkpoint`, for a machine or a phone that nobody can reach.
 */
export const pullFrom = async (
  site: Site,
  folder: WitnessFolder,
  logs: KnownLogs,
  witness: Witness,
): Promise<readonly Pulled[]> => {
  const pulled: Pulled[] = [];
  for (const log of pathsOf(textOf(await site.read('/log')))) {
    const checkpoint = textOf(await site.read(`${log}/checkpoint`));
    const offered = parseCheckpointBody(parseNote(checkpoint)?.text ?? '');
    if (offered === null || logs(offered.origin) === null) continue;
    const { origin, size } = offered;
    const oldSize = folder.last(origin)?.size ?? 0;
    const cosigned = parseNote(checkpoint)?.signatures.some((line) => line.name === folder.key.name) === true;
    if (oldSize === size && cosigned) {
      pulled.push({ origin, done: 'nothing-new' });
      continue;
    }
    // A smaller log than the one we know is handed to the witness as it is: it refuses and keeps the evidence.
    const proof = oldSize >= size ? [] : await consistencyFromTiles(log, oldSize, size, { sha256, read: site.read });
    if (proof === null) {
      pulled.push({ origin, done: 'unreadable' });
      continue;
    }
    const request: AddCheckpoint = { oldSize, proof, checkpoint };
    const done = await witness(request);
    pulled.push({ origin, done });
    if ('line' in done) {
      const note = `${done.verdict.text}\n${done.line}`;
      const status = await site.send(`${log}/cosignature`, { note });
      if (status !== 200)
        throw new Error(`${origin}: 服务器没有收下见证签名 · the server did not take the cosignature (HTTP ${status})`);
    }
  }
  return pulled;
};
