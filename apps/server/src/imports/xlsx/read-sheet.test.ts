import { deflateRawSync } from 'node:zlib';
import exceljs from 'exceljs';
import { describe, expect, it } from 'vitest';
import { FileRefused, readSheet, sheetLimits, zipLimits } from './index.js';

interface Part {
  readonly name: string;
  readonly text: string | Buffer;
  /** Bits of the entry's header, for what they claim. */
  readonly flags?: number;
}

/** A zip archive of these parts; the sizes in it are true unless a test says otherwise. */
const zipOf = (parts: readonly Part[]): Buffer => {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, text, flags = 0 } of parts) {
    const packed = deflateRawSync(text);
    const label = Buffer.from(name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt16LE(label.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(1, 24);
    entry.writeUInt16LE(label.length, 28);
    entry.writeUInt32LE(offset, 42);
    locals.push(local, label, packed);
    directory.push(entry, label);
    offset += 30 + label.length + packed.length;
  }
  const size = directory.reduce((sum, one) => sum + one.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
};

const workbook = `<workbook xmlns:r="r"><sheets><sheet name="人员" sheetId="1" r:id="r1"/></sheets></workbook>`;
const rels = `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>`;
const rowXml = (number: number, cells: string): string => `<row r="${number}">${cells}</row>`;
const bookOf = (rows: string | Buffer, more: readonly Part[] = []): Buffer =>
  zipOf([
    { name: 'xl/workbook.xml', text: workbook },
    { name: 'xl/_rels/workbook.xml.rels', text: rels },
    {
      name: 'xl/worksheets/sheet1.xml',
      text: typeof rows === 'string' ? `<worksheet><sheetData>${rows}</sheetData></worksheet>` : rows,
    },
    ...more,
  ]);

const codeOf = async (bytes: Uint8Array): Promise<string> => {
  try {
    await readSheet(bytes, '人员');
    return 'read';
  } catch (error) {
    if (error instanceof FileRefused) return error.faults.map((one) => one.code).join(',');
    throw error;
  }
};

describe('reading a workbook from outside', () => {
  it('reads what a spreadsheet program writes: shared texts, numbers, formulas, errors', async () => {
    const book = new exceljs.Workbook();
    book.addWorksheet('别的').addRow(['不读']);
    const sheet = book.addWorksheet('人员');
    sheet.addRow(['姓名', '门牌', '数', '式']);
    sheet.addRow(['张三', ' 3组 ', 12.5, { formula: '1+1', result: 2 }]);
    sheet.getCell('A4').value = { error: '#N/A' };
    const { rows, from1904 } = await readSheet(new Uint8Array(await book.xlsx.writeBuffer()), '人员');
    expect(from1904).toBe(false);
    expect(rows.map((one) => one.row)).toEqual([1, 2, 4]);
    expect([...(rows[1]?.cells ?? [])]).toEqual([
      [0, { kind: 'text', text: '张三' }],
      [1, { kind: 'text', text: '3组' }],
      [2, { kind: 'number', text: '12.5' }],
      [3, { kind: 'formula', text: '' }],
    ]);
    expect(rows[2]?.cells.get(0)?.kind).toBe('error');
  });

  it('refuses by its content what is no xlsx: text, CSV in GBK, PDF, a picture, an old or locked workbook, an empty file', async () => {
    for (const bytes of [
      Buffer.from('姓名,村\n张三,上茶村\n'.repeat(20)),
      Buffer.from([0xd0, 0xd5, 0xc3, 0xfb, ...Buffer.alloc(40, 0xb4)]),
      Buffer.from(`%PDF-1.7 ${'x'.repeat(40)}`),
      Buffer.from([0x89, ...Buffer.from('PNG'), ...Buffer.alloc(40)]),
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...Buffer.alloc(40)]),
      Buffer.alloc(0),
      zipOf([{ name: 'word/document.xml', text: '<w/>' }]),
    ])
      expect(await codeOf(bytes)).toBe('import-not-xlsx');
  });

  it('refuses a damaged archive, and every beginning of a good one', async () => {
    const good = bookOf(rowXml(1, '<c r="A1" t="inlineStr"><is><t>姓名</t></is></c>'));
    expect(await codeOf(good)).toBe('read');
    for (let length = 30; length < good.length; length += 7)
      expect(await codeOf(good.subarray(0, length))).toBe('import-file-unreadable');
    for (let at = 0; at < good.length; at += 3) {
      const bent = Buffer.from(good);
      bent[at] = (bent[at] ?? 0) ^ 0x55;
      // Whatever a bent byte does, it is an answer: a reading or a refusal, never a crash.
      expect(await codeOf(bent)).toMatch(/^(?:read|import-[a-z-]+|bad-encoding)$/u);
    }
  });

  it('stops a zip bomb after 64 MiB, whatever size it claims, within bounded memory', async () => {
    const bomb = bookOf(Buffer.alloc(300 * 1_048_576, 0x20));
    expect(bomb.length).toBeLessThan(zipLimits.fileBytes);
    const before = process.memoryUsage().rss;
    expect(await codeOf(bomb)).toBe('import-too-large');
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1_048_576);
  });

  it('refuses a file above 10 MiB, too many parts, too many rows, too many columns', async () => {
    expect(await codeOf(Buffer.concat([bookOf(''), Buffer.alloc(zipLimits.fileBytes)]))).toBe('import-too-large');
    const parts = Array.from({ length: zipLimits.entries }, (_, at) => ({ name: `x${at}`, text: '' }));
    expect(await codeOf(bookOf('', parts))).toBe('import-too-large');
    const rows = Array.from({ length: sheetLimits.rows + 2 }, (_, at) => rowXml(at + 1, '<c><v>1</v></c>')).join('');
    expect(await codeOf(bookOf(rows))).toBe('import-too-large');
    expect(await codeOf(bookOf('<row/>'.repeat(sheetLimits.emptyRows + 1)))).toBe('import-too-large');
    expect(await codeOf(bookOf(rowXml(1, '<c r="XFD1"><v>1</v></c>')))).toBe('import-too-large');
  });

  it('refuses macros, links to other files, embedded objects, encrypted parts, paths out of the folder, doubled names', async () => {
    for (const name of [
      'xl/vbaProject.bin',
      'xl/externalLinks/externalLink1.xml',
      'xl/embeddings/o.bin',
      '../../etc/passwd',
      '/etc/x',
    ])
      expect(await codeOf(bookOf('', [{ name, text: 'x' }]))).toBe('import-file-unsafe');
    expect(await codeOf(bookOf('', [{ name: 'x', text: 'x', flags: 1 }]))).toBe('import-file-unsafe');
    expect(await codeOf(bookOf('', [{ name: 'xl/workbook.xml', text: workbook }]))).toBe('import-file-unsafe');
  });

  it('fetches and expands no entity: a document type is refused, deep nesting too', async () => {
    const evil = `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>`;
    expect(await codeOf(bookOf(Buffer.from(evil)))).toBe('import-file-unsafe');
    expect(await codeOf(bookOf('<a>'.repeat(100)))).toBe('import-file-unsafe');
    expect(await codeOf(bookOf('<c>&unknown;</c>'))).toBe('import-file-unreadable');
  });

  it('refuses text that is not UTF-8', async () => {
    expect(await codeOf(bookOf(Buffer.from([0x3c, 0x78, 0x3e, 0xd0, 0xd5, 0xc3, 0xfb])))).toBe('bad-encoding');
    expect(await codeOf(bookOf(Buffer.from('<worksheet/>', 'utf16le')))).toMatch(
      /^(?:bad-encoding|import-file-unreadable)$/u,
    );
  });

  it('cuts a text a little above the limit, so that its row can be told and memory is not filled', async () => {
    const cell = `<c r="A1" t="inlineStr"><is><t>${'长'.repeat(100_000)}</t></is></c>`;
    const { rows } = await readSheet(bookOf(rowXml(1, cell)), '人员');
    const length = rows[0]?.cells.get(0)?.text.length ?? 0;
    expect(length).toBeGreaterThan(sheetLimits.characters);
    expect(length).toBeLessThan(2 * sheetLimits.characters + 2);
  });
});
