import { CalendarYear, StatutoryDays, indexHolidays, readPart, type Holidays } from '@lianxin/domain';
import { readFileTree } from './file-tree.js';
import { readTexts } from './pack-texts.js';
import type { PlacedFault } from './placed-fault.js';

const yearFile = /^(?:[a-z-]+\/)?[0-9]{4}\.yaml$/;

/** Holidays as read, or every fault with its line; a calendar with a fault is not used, because every deadline would rest on it. */
export type ReadHolidays = { ok: true; holidays: Holidays } | { ok: false; faults: readonly PlacedFault[] };

/** Reads the calendar pack: one file a year (`2026.yaml`) and `statutory-days.yaml`. */
export function readHolidays(folder: string): ReadHolidays {
  const faults: PlacedFault[] = [];
  const years: CalendarYear[] = [];
  let statutory: StatutoryDays | undefined;
  for (const [path, text] of readTexts(folder)) {
    const isYear = yearFile.test(path);
    if (!isYear && path !== 'statutory-days.yaml') continue;
    const file = readFileTree(path, text);
    if (!file.ok) {
      faults.push(...file.faults);
      continue;
    }
    const read = isYear ? readPart(CalendarYear, file.tree.tree) : readPart(StatutoryDays, file.tree.tree);
    if (!read.ok) {
      faults.push(...read.faults.map((each) => ({ fault: each.fault, file: path, ...file.tree.locate(each.path) })));
    } else if (isYear) years.push(read.value as CalendarYear);
    else statutory = read.value as StatutoryDays;
  }
  if (statutory === undefined && faults.length === 0) {
    const missing = { code: 'pack-file-missing', params: { file: 'statutory-days.yaml' } } as const;
    faults.push({ fault: missing, file: 'statutory-days.yaml', line: 1, column: 1 });
  }
  if (statutory === undefined || faults.length > 0) return { ok: false, faults };
  return { ok: true, holidays: indexHolidays(years, statutory) };
}
