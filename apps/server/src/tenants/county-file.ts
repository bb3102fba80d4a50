import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { createGunzip, createGzip, type Gzip } from 'node:zlib';
import { CountyFileRefused } from './refused.js';

/**
 * The file of a county 县数据文件: gzip of lines, each a JSON value. A list says what follows (`["table", …]`, `["end", …]`, `["file", …]`,
 * `["manifest", …]`), an object is a row, a text is a piece of an attachment or a sealed row. `zcat` and any JSON reader read it.
 */
export interface Header {
  readonly lianxin: 'county';
  readonly version: 1;
  readonly county: string;
  readonly madeAt: string;
  /** Number and hash of every migration. */
  readonly schema: readonly (readonly [number: string, sha256: string])[];
  /** Salt of the sealed part, and a known text sealed, by which a wrong passphrase shows; null where nothing secret is inside. */
  readonly seal: { readonly salt: string; readonly check: string } | null;
}

/** What a table's part holds: rows, and the hash of its lines; a keyed one where the rows are secret, so that it gives nothing away. */
export interface TablePart {
  readonly name: string;
  readonly rows: number;
  readonly sha256: string | null;
  readonly hmac: string | null;
}

export interface Manifest {
  readonly tables: readonly TablePart[];
  readonly files: { readonly count: number; readonly bytes: number; readonly sha256: string };
  readonly leftOut: Readonly<Record<string, string>>;
}

/** Writes the lines of a county's file, piece by piece, under another name until it is whole. */
export class CountyFileWriter {
  readonly #place: string;
  readonly #fresh: string;
  readonly #gzip: Gzip = createGzip({ level: 6 });
  readonly #out: WriteStream;
  readonly #written: Promise<void>;
  readonly #hash: Hash = createHash('sha256');

  constructor(place: string) {
    this.#place = place;
    this.#fresh = `${place}.${process.pid}.part`;
    this.#out = createWriteStream(this.#fresh, { mode: 0o600 });
    this.#gzip.pipe(this.#out);
    this.#out.on('error', (error) => this.#gzip.destroy(error));
    // Said by the file's own error, which is waited for; unheard here it would end the process before the file is taken back.
    this.#gzip.on('error', () => undefined);
    this.#written = finished(this.#out);
    // Whoever waits hears it; nobody may be waiting when the disk is full.
    this.#written.catch(() => undefined);
  }

  async line(text: string): Promise<void> {
    this.#hash.update(text).update('\n');
    if (!this.#gzip.write(`${text}\n`)) await Promise.race([once(this.#gzip, 'drain'), this.#written]);
  }

  /** The hash of every line so far. */
  sum(): string {
    return this.#hash.copy().digest('hex');
  }

  /** The file is whole and on disk, still under its other name; gives its size in bytes. */
  async finish(): Promise<number> {
    this.#gzip.end();
    await this.#written;
    const handle = await open(this.#fresh, 'r');
    try {
      await handle.sync();
      return (await handle.stat()).size;
    } finally {
      await handle.close();
    }
  }

  /** Gives the finished file its name. */
  async publish(): Promise<void> {
    await rename(this.#fresh, this.#place);
  }

  /** Takes back what was written. */
  async discard(): Promise<void> {
    this.#gzip.destroy();
    // Nobody ends a file whose source is gone; without this it would be waited for for ever.
    this.#out.destroy();
    await this.#written.catch(() => undefined);
    await rm(this.#fresh, { force: true });
  }
}

/** The lines of a county's file. Refuses `not-a-county-file` and `altered` where gzip itself finds it broken. */
export async function* linesOf(place: string): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  let any = false;
  try {
    const source = createReadStream(place);
    const unzipped = createGunzip();
    source.on('error', (error) => unzipped.destroy(error));
    for await (const chunk of source.pipe(unzipped)) {
      any = true;
      // By bytes: a JSON text may hold characters that a reader of lines takes for an end of line.
      rest = Buffer.concat([rest, chunk as Buffer]);
      for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
        yield rest.subarray(0, end).toString('utf8');
        rest = rest.subarray(end + 1);
      }
    }
  } catch (error) {
    if (error instanceof CountyFileRefused) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT' || code === 'EISDIR') throw new CountyFileRefused('not-a-county-file', place);
    if (code.startsWith('Z_') || code === 'ERR_STREAM_PREMATURE_CLOSE')
      throw new CountyFileRefused(any ? 'altered' : 'not-a-county-file');
    throw error;
  }
  if (rest.length > 0) throw new CountyFileRefused('altered');
}
