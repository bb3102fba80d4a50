import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { CommandIo } from '../command.js';
import { verifyExitCodes } from './tell.js';

/** What a county's file is found to hold: reckoned here line by line, with nothing of the code that wrote it. */
interface Found {
  readonly county: string;
  /** Table or `attachments` → number and hash. */
  readonly parts: ReadonlyMap<string, string>;
}

/** Thrown when a file is not as it was made. */
class NotWhole extends Error {}

async function* linesIn(file: string): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(file).pipe(createGunzip())) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      yield rest.subarray(0, end).toString('utf8');
      rest = rest.subarray(end + 1);
    }
  }
  if (rest.length > 0) throw new NotWhole('the last line is cut');
}

type Said = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Reads one file to its end. */
const read = async (file: string): Promise<Found> => {
  const whole = createHash('sha256');
  const parts = new Map<string, string>();
  const attachments = createHash('sha256');
  let [county, rows, files, bytes] = ['', 0, 0, 0];
  let table: { readonly name: string; readonly hash: Hash } | undefined;
  let attachment: { readonly sha256: string; readonly hash: Hash } | undefined;
  let ended = false;
  const endAttachment = (): void => {
    if (attachment !== undefined && attachment.hash.digest('hex') !== attachment.sha256)
      throw new NotWhole(`attachment ${attachment.sha256}`);
    attachment = undefined;
  };
  for await (const line of linesIn(file)) {
    if (ended) throw new NotWhole('something stands after the end');
    if (county === '') county = textOf((JSON.parse(line) as Said)['county']);
    else if (line.startsWith('[')) {
      endAttachment();
      const [what, said] = JSON.parse(line) as [string, Said];
      if (what === 'table') {
        table = { name: String(said['name']), hash: createHash('sha256') };
        rows = 0;
      } else if (what === 'end' && table !== undefined) {
        const sum = table.hash.digest('hex');
        if (said['sha256'] !== null && said['sha256'] !== sum) throw new NotWhole(`table ${table.name}`);
        if (said['rows'] !== rows) throw new NotWhole(`rows of ${table.name}`);
        // Sealed rows differ with every sealing; their keyed hash is of what is inside.
        parts.set(table.name, `${rows} ${String(said['sha256'] ?? said['hmac'])}`);
        table = undefined;
      } else if (what === 'file') {
        attachment = { sha256: String(said['sha256']), hash: createHash('sha256') };
        attachments.update(`${attachment.sha256}\n`);
        files += 1;
      } else if (what === 'whole') {
        if (said['sha256'] !== whole.digest('hex')) throw new NotWhole('the hash over everything');
        ended = true;
        continue;
      }
    } else if (table !== undefined) {
      table.hash.update(line).update('\n');
      rows += 1;
    } else if (attachment !== undefined) {
      const piece = Buffer.from(JSON.parse(line) as string, 'base64');
      attachment.hash.update(piece);
      bytes += piece.length;
    }
    whole.update(line).update('\n');
  }
  if (!ended) throw new NotWhole('the end is missing');
  parts.set('attachments', `${files} ${bytes} ${attachments.digest('hex')}`);
  return { county, parts };
};

/**
 * `lianxin verify --equal A B`: whether two files hold the same county, table by table: numbers of rows, hashes of rows, attachments. When they were
 * made, and with which passphrase, makes no difference. 0 equal, 1 not, 4 not checked because a file is not whole.
 */
export const tellEqual = async (first: string, second: string, io: CommandIo): Promise<number> => {
  const found: Found[] = [];
  for (const file of [first, second]) {
    try {
      found.push(await read(file));
    } catch (error) {
      io.err(
        `✗ ${file}：文件与制作时不同，或者不是整县数据。Not as it was made, or no county file (${error instanceof Error ? error.message : String(error)})`,
      );
      return verifyExitCodes['not-checked'];
    }
  }
  const [one, other] = found;
  if (one === undefined || other === undefined) return verifyExitCodes['not-checked'];
  const names = [...new Set([...one.parts.keys(), ...other.parts.keys()])];
  const differing = names.filter((name) => one.parts.get(name) !== other.parts.get(name));
  for (const name of differing)
    io.out(`✗ ${name}: ${one.parts.get(name) ?? '无 none'} ≠ ${other.parts.get(name) ?? '无 none'}`);
  const same = differing.length === 0 && one.county === other.county;
  io.out(
    same
      ? `✓ ${one.county}：${names.length} 部分逐一相等。All ${names.length} parts are equal.`
      : `✗ ${one.county} ${other.county}：${differing.length} 部分不同。${differing.length} parts differ.`,
  );
  return same ? 0 : verifyExitCodes.differs;
};
