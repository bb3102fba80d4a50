import { createInflateRaw } from 'node:zlib';
import { fault } from '@lianxin/domain';
import { FileRefused } from './file-refused.js';

/** What a workbook may be at most; whatever the headers claim, the bytes that come out are counted. */
export const zipLimits = { fileBytes: 10_485_760, entries: 200, inflatedBytes: 67_108_864 } as const;

interface Entry {
  readonly method: number;
  readonly packed: number;
  readonly offset: number;
}

/** A zip archive 压缩包 in memory; its entries are opened one by one, as streams. */
export interface Zip {
  readonly names: readonly string[];
  /** The inflated bytes of an entry; refuses `import-too-large` once more than the limit comes out, and stops there. */
  readonly open: (name: string) => AsyncGenerator<Buffer>;
}

const broken = (reason: string): FileRefused => new FileRefused(fault('import-file-unreadable', { reason }));
const unsafe = (what: string): FileRefused => new FileRefused(fault('import-file-unsafe', { what }));

/** What a file is by its first bytes, in words, when it is no zip archive. */
const kindOf = (bytes: Buffer): string => {
  if (bytes.length === 0) return '空文件 empty';
  if (bytes.subarray(0, 8).toString('hex') === 'd0cf11e0a1b11ae1')
    return '旧版 xls 或者带密码的表格 old or locked workbook';
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') return 'PDF';
  if (bytes.subarray(0, 3).toString('hex') === 'ffd8ff' || bytes.subarray(1, 4).toString('latin1') === 'PNG')
    return '图片 picture';
  return bytes.subarray(0, 4096).includes(0) ? '其他文件 other' : '文本或者 CSV text or CSV';
};

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;

const findEnd = (bytes: Buffer): number => {
  const lowest = Math.max(0, bytes.length - 65_557);
  for (let at = bytes.length - 22; at >= lowest; at -= 1) if (bytes.readUInt32LE(at) === endSignature) return at;
  throw broken('压缩包不完整 the archive is cut off');
};

const readEntries = (bytes: Buffer): Map<string, Entry> => {
  const end = findEnd(bytes);
  const count = bytes.readUInt16LE(end + 10);
  if (count > zipLimits.entries)
    throw new FileRefused(fault('import-too-large', { what: '内含文件数 parts', most: zipLimits.entries }));
  const entries = new Map<string, Entry>();
  let at = bytes.readUInt32LE(end + 16);
  for (let number = 0; number < count; number += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== entrySignature)
      throw broken('压缩包目录损坏 damaged directory');
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
    const name = bytes.subarray(at + 46, nameEnd).toString('utf8');
    if ((bytes.readUInt16LE(at + 8) & 1) === 1) throw unsafe('加密的内容 encrypted parts');
    if (name.includes('..') || name.startsWith('/') || name.includes('\\'))
      throw unsafe('越出文件夹的路径 paths that leave the folder');
    if (entries.has(name)) throw unsafe('重名的内容 parts of the same name');
    entries.set(name, {
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      offset: bytes.readUInt32LE(at + 42),
    });
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
};

const packedBytes = (bytes: Buffer, { offset, packed }: Entry): Buffer => {
  if (offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== localSignature)
    throw broken('内容位置不对 a part is not where it should be');
  const from = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  if (from + packed > bytes.length) throw broken('内容不完整 a part is cut off');
  return bytes.subarray(from, from + packed);
};

async function* inflate(bytes: Buffer, entry: Entry): AsyncGenerator<Buffer> {
  const packed = packedBytes(bytes, entry);
  const tooLarge = () =>
    new FileRefused(
      fault('import-too-large', { what: '展开后的字节数 unpacked bytes', most: zipLimits.inflatedBytes }),
    );
  if (entry.method === 0) {
    if (packed.length > zipLimits.inflatedBytes) throw tooLarge();
    yield packed;
    return;
  }
  if (entry.method !== 8) throw broken('压缩方式不认识 unknown compression');
  const stream = createInflateRaw({ chunkSize: 65_536 });
  stream.end(packed);
  let out = 0;
  try {
    for await (const chunk of stream) {
      out += (chunk as Buffer).length;
      if (out > zipLimits.inflatedBytes) throw tooLarge();
      yield chunk as Buffer;
    }
  } catch (error) {
    if (error instanceof FileRefused) throw error;
    throw broken('内容解不开 a part cannot be unpacked');
  } finally {
    stream.destroy();
  }
}

/**
 * Opens a zip archive without unpacking anything. Throws `FileRefused`: `import-not-xlsx` for another type by content, `import-too-large`,
 * `import-file-unreadable`, `import-file-unsafe`.
 */
export const openZip = (given: Uint8Array): Zip => {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  if (bytes.length > zipLimits.fileBytes)
    throw new FileRefused(
      fault('import-too-large', { what: '文件字节数 bytes of the file', most: zipLimits.fileBytes }),
    );
  if (bytes.length < 22 || bytes.readUInt32LE(0) !== localSignature)
    throw new FileRefused(fault('import-not-xlsx', { found: kindOf(bytes) }));
  const entries = readEntries(bytes);
  return {
    names: [...entries.keys()],
    open: (name) => {
      const entry = entries.get(name);
      if (entry === undefined) throw broken(`缺少 missing ${name.slice(0, 80)}`);
      return inflate(bytes, entry);
    },
  };
};
