import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { plainDate } from '@lianxin/domain';
import { readPdf } from '@lianxin/testkit/pdf';
import { bookletOf, documentNumber, docxOf, paperText, pdfOf, wallSheetOf, type Paper } from './index.js';
import { points } from './measures.js';
import { sharesOf } from './paper.js';
import { titleLines } from './title-lines.js';

const paper: Paper = {
  title: '关于公布2026年第三季度财务收支情况的公告',
  issuer: '茶友会秘书处',
  head: '茶友会秘书处文件',
  number: documentNumber('茶发', 2026, 3),
  addressee: '全体茶友',
  date: plainDate('2026-10-08'),
  blocks: [
    { kind: 'heading', level: 1, text: '收入' },
    { kind: 'heading', level: 2, text: '茶资' },
    { kind: 'heading', level: 2, text: '捐赠' },
    { kind: 'heading', level: 1, text: '支出' },
    { kind: 'heading', level: 2, text: '买茶' },
    { kind: 'paragraph', text: '本季度共买茶三次。' },
    { kind: 'table', head: ['日期', '事由', '金额（元）'], rows: [['2026-08-01', '买绿茶', '128.00']], right: [2] },
    { kind: 'signing', lines: ['主持人'] },
  ],
  code: { text: 'https://lianxin.example/d/1', caption: '扫码看原文' },
  note: '公开册根 1234 5678',
};

/** One part of a docx, which is a zip; read by its local headers. */
const partOf = (docx: Uint8Array, name: string): string => {
  const file = Buffer.from(docx);
  for (let at = file.indexOf('PK\u0003\u0004'); at >= 0; at = file.indexOf('PK\u0003\u0004', at + 4)) {
    const nameLength = file.readUInt16LE(at + 26);
    const data = at + 30 + nameLength + file.readUInt16LE(at + 28);
    if (file.toString('utf8', at + 30, at + 30 + nameLength) !== name) continue;
    return inflateRawSync(file.subarray(data)).toString('utf8');
  }
  throw new Error(`no part ${name}`);
};

describe('official papers 公文', () => {
  it('lays a docx out by GB/T 9704: A4, 37 and 28 mm, 156 × 225 mm, 22 lines of 28 characters', async () => {
    const xml = partOf(await docxOf(paper), 'word/document.xml');
    const number = (pattern: RegExp): number => Number(pattern.exec(xml)?.[1]);
    const millimetres = (twips: number): number => (twips / 1440) * 25.4;
    const width = millimetres(number(/<w:pgSz w:w="(\d+)"/u));
    const height = millimetres(number(/<w:pgSz [^>]*w:h="(\d+)"/u));
    const margin = (side: string) => millimetres(number(new RegExp(`<w:pgMar [^>]*w:${side}="(\\d+)"`, 'u')));
    expect([width, height].map(Math.round)).toEqual([210, 297]);
    expect(margin('top')).toBeCloseTo(37, 1);
    expect(margin('left')).toBeCloseTo(28, 1);
    expect(width - margin('left') - margin('right')).toBeCloseTo(156, 1);
    expect(height - margin('top') - margin('bottom')).toBeCloseTo(225, 1);
    expect(xml).toMatch(/<w:docGrid [^>]*w:type="linesAndChars"/u);
    const pitch = number(/<w:docGrid [^>]*w:linePitch="(\d+)"/u);
    expect(Math.floor(((225 / 25.4) * 1440) / pitch)).toBe(22);
    const character = 16 + number(/<w:docGrid [^>]*w:charSpace="(-?\d+)"/u) / 4096;
    expect(Math.floor(points(156) / character)).toBe(28);
  });

  it('names the faces and sizes of the standard: title 2号小标宋, body 3号仿宋, page number 4号 outside', async () => {
    const docx = await docxOf(paper);
    const xml = partOf(docx, 'word/document.xml');
    const runOf = (text: string) => new RegExp(`<w:r>(?:(?!<w:r>).)*${text}`, 'u').exec(xml)?.[0] ?? '';
    expect(runOf('关于公布')).toMatch(/方正小标宋简体.*<w:sz w:val="44"\/>/u);
    expect(runOf('本季度共买茶三次')).toMatch(/仿宋_GB2312.*<w:sz w:val="32"\/>/u);
    expect(runOf('一、收入')).toContain('黑体');
    expect(runOf('（一）茶资')).toContain('楷体_GB2312');
    const footers = ['word/footer1.xml', 'word/footer2.xml'].map((name) => partOf(docx, name));
    for (const footer of footers) expect(footer).toMatch(/<w:sz w:val="28"\/>/u);
    expect(footers.map((footer) => /<w:jc w:val="(\w+)"/u.exec(footer)?.[1]).toSorted()).toEqual(['left', 'right']);
    expect(partOf(docx, 'word/settings.xml')).toContain('<w:evenAndOddHeaders');
  });

  it('fills a printed page with 22 lines of 28 characters and not one more', async () => {
    const plain = { title: ' ', issuer: '', date: plainDate('2026-01-01'), signed: [] };
    const text = '茶'.repeat(28 * 40);
    const [first] = readPdf(await pdfOf({ ...plain, blocks: [{ kind: 'paragraph', text }] }));
    if (first === undefined) throw new Error('no page');
    expect([first.width, first.height].map((one) => Math.round((one / 72) * 25.4))).toEqual([210, 297]);
    const full = first.lines.filter((line) => line.text === '茶'.repeat(28));
    expect(full.every((line) => Math.abs(line.x - points(28)) < 0.01)).toBe(true);
    const pitch = (full.at(-1)?.y ?? 0) - (full.at(-2)?.y ?? 0);
    expect(pitch * 22).toBeLessThanOrEqual(points(225));
    expect(pitch * 22).toBeGreaterThan(points(224));
    expect(full.at(-1)?.y).toBeLessThanOrEqual(points(37 + 225));
    expect(full.at(-1)?.y).toBeGreaterThan(points(37 + 225) - pitch);
  });

  it('prints number in 〔〕, levels numbered, date in Arabic numerals, signer and page number', async () => {
    const [first] = readPdf(await pdfOf(paper));
    const text = first?.text ?? '';
    expect(text).toContain('茶发〔2026〕3号');
    for (const heading of ['一、收入', '（一）茶资', '（二）捐赠', '二、支出', '（一）买茶'])
      expect(text).toContain(heading);
    expect(text).toMatch(/茶友会秘书处\n2026年10月8日/u);
    expect(text).toContain('— 1 —');
  });

  it('says the same in docx, print, wall sheet and booklet', async () => {
    const booklet = { title: '一册通', issuer: paper.issuer, date: paper.date, version: '第3版', chapters: [paper] };
    const prints = await Promise.all([pdfOf(paper), wallSheetOf(paper), bookletOf(booklet)]);
    const texts = [
      ...prints.map((print) =>
        readPdf(print)
          .map((page) => page.text)
          .join('\n'),
      ),
      partOf(await docxOf(paper), 'word/document.xml').replaceAll(/<[^>]+>/gu, ''),
    ];
    for (const said of ['二、支出', '本季度共买茶三次。', '买绿茶', '128.00', '2026年10月8日']) {
      for (const text of [...texts, paperText(paper)]) expect(text).toContain(said);
    }
  });

  it('prints the wall sheet on A3 in type of at least 22 points, the log root small', async () => {
    const [sheet] = readPdf(await wallSheetOf(paper));
    expect([sheet?.width, sheet?.height].map((one) => Math.round(((one ?? 0) / 72) * 25.4))).toEqual([297, 420]);
    const sizeOf = (text: string) => sheet?.lines.find((line) => line.text.includes(text))?.size ?? 0;
    expect(sizeOf('本季度共买茶三次')).toBeGreaterThanOrEqual(22);
    expect(sizeOf('公开册根')).toBe(8);
  });

  it('never breaks a day, a voucher or an amount of the accounts over two lines of the wall sheet', () => {
    const head = ['日期', '凭证号', '收支', '类别', '事由', '金额', '对方'];
    const row = ['2026-07-16', '2026-010', '收入', '上级拨款', '上级拨付办公经费', '20000.00', '演示养殖合作社'];
    const shares = sharesOf({ kind: 'table', head, rows: [row, row] });
    const sum = shares.reduce((total, share) => total + share, 0);
    // 250 mm of A3 in type of 22 points, less the cell's own margins.
    const room = shares.map((share) => ((250 / 25.4) * 72 * share) / sum - 8);
    for (const at of [0, 1, 5]) expect(room[at]).toBeGreaterThan((row[at]?.length ?? 0) * 0.555 * 22);
  });

  it('never leaves the signature alone on a page: the end of the text goes along', async () => {
    // Below head, number and title 13 lines find room: the text fills the page, and the signature does not fit any more.
    const lines = Array.from({ length: 11 }, (_, at) => ({ kind: 'paragraph' as const, text: `第${at + 1}次买茶。` }));
    const pages = readPdf(
      await pdfOf({ ...paper, blocks: [...lines, { kind: 'signing', lines: ['经办人', '监督人'] }] }),
    );
    expect(pages).toHaveLength(2);
    expect(pages[1]?.text).toMatch(/^监督人.*\n\s+茶友会秘书处\n2026年10月8日/u);
  });

  it('sets the code of a wall sheet beside the signature, so that it takes no sheet of its own', async () => {
    const pages = readPdf(
      await wallSheetOf({
        ...paper,
        issuer: '上茶村茶友会管理委员会',
        signed: ['上茶村茶友会管理委员会'],
        code: { text: 'https://tea.example/v', caption: '扫码看原文' },
      }),
    );
    const at = (text: string) => pages.at(-1)?.lines.find((line) => line.text === text);
    const signed = at('上茶村茶友会管理委员会');
    expect(Math.abs((at('扫码看原文')?.y ?? 0) - (signed?.y ?? 999))).toBeLessThan(points(45));
    expect(at('扫码看原文')?.x).toBeLessThan(signed?.x ?? 0);
    // Neither breaks over two lines, and the day stands below the name.
    expect(at('2026年10月8日')?.x).toBeGreaterThan(signed?.x ?? Number.POSITIVE_INFINITY);
  });

  it('binds short chapters one after the other and signs only what the cover has not said', async () => {
    const chapter = (title: string, issuer: string) => ({
      ...paper,
      title,
      issuer,
      blocks: [{ kind: 'paragraph' as const, text: `${title}的内容。` }],
    });
    const booklet = { title: '一册通', issuer: '茶友会', date: paper.date, version: '第3版' };
    const chapters = [chapter('买茶', '茶友会'), chapter('茶点', '茶友会'), chapter('茶具', '南组')];
    const pages = readPdf(await bookletOf({ ...booklet, chapters }));
    expect(pages).toHaveLength(3);
    expect(pages[1]?.text).toMatch(/买茶\s*3[^]*茶点\s*3[^]*茶具\s*3/u);
    expect(pages[2]?.text.match(/2026年10月8日/gu)).toHaveLength(1);
  });

  it('makes the same bytes from the same content, so that a hash can stand in the log', async () => {
    const [once, again] = [await wallSheetOf(paper), await wallSheetOf(paper)];
    expect(Buffer.from(once).equals(Buffer.from(again))).toBe(true);
    const other = await wallSheetOf({ ...paper, date: plainDate('2026-10-09') });
    expect(Buffer.from(once).equals(Buffer.from(other))).toBe(false);
  });

  it('carries a file inside a print', async () => {
    const proof = new TextEncoder().encode('proof of the tea club');
    const print = await pdfOf(paper, [{ name: 'proof.txt', about: '存证文件', bytes: proof }]);
    expect(Buffer.from(print).toString('latin1')).toContain('/EmbeddedFile');
  });

  it('breaks a title between words into lines of like length', () => {
    const lines = titleLines(paper.title, 20);
    expect(lines.join('')).toBe(paper.title);
    expect(lines).toHaveLength(2);
    for (const line of lines) expect([...line].length).toBeGreaterThan(5);
    expect(titleLines('公告', 20)).toEqual(['公告']);
    expect(titleLines('今年茶会满意度测评（演示，手机不发票）', 16)).toEqual([
      '今年茶会满意度测评',
      '（演示，手机不发票）',
    ]);
  });
});
