import { explainFault, type Fault, type Progress } from '@lianxin/domain';
import type { ExpectedFault, ExpectedProgress } from './case-file.js';

/** Why the faults are not the ones expected; empty when they are, in any order, each expected detail the same. */
export function differencesOfFaults(expected: readonly ExpectedFault[], faults: readonly Fault[]): string[] {
  const codes = expected.map((each) => (typeof each === 'string' ? each : each.fault));
  const missing = codes.filter((code) => !faults.some((fault) => fault.code === code));
  const surplus = faults.filter((fault) => !codes.includes(fault.code));
  const differences = [
    ...missing.map((code) => `应当因 ${code} 被拒绝，实际没有`),
    ...surplus.map((fault) => `多出不符合项 ${fault.code}：${explainFault(fault, 'zh-CN').what}`),
  ];
  for (const each of expected) {
    if (typeof each === 'string') continue;
    const fault = faults.find((other) => other.code === each.fault);
    if (fault !== undefined) differences.push(...differencesOfDetails(each, fault));
  }
  return differences;
}

function differencesOfDetails(expected: Exclude<ExpectedFault, string>, fault: Fault): string[] {
  const { fault: _code, source, ...params } = expected;
  const sources = source === undefined ? [] : [source].flat();
  return [
    ...Object.entries(params)
      .filter(([key, want]) => fault.params[key] !== want)
      .map(([key, want]) => `${fault.code} 的 ${key} 应为 ${String(want)}，实际为 ${String(fault.params[key])}`),
    ...sources
      .filter((id) => !(fault.source ?? []).includes(id))
      .map((id) => `${fault.code} 应当引用 ${id}，实际引用 ${(fault.source ?? []).join('、') || '（无）'}`),
  ];
}

/** A value as the writer of the case finds it again. */
const spell = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Why the progress is not the one expected; only what the case states is compared. */
export function differencesOfProgress(expected: ExpectedProgress, progress: Progress): string[] {
  const actual: Record<keyof ExpectedProgress, unknown> = {
    stage: progress.stage,
    state: progress.state,
    result: progress.result,
    level: progress.level,
    holder: progress.holder === null ? null : (progress.holder.person ?? progress.holder.office),
    responsible: progress.responsible?.person ?? progress.responsible?.office,
    firstContact: progress.firstContact?.person ?? progress.firstContact?.office,
    form: undefined,
    breaches: progress.counts.breaches,
    reopened: progress.counts.reopened,
    stations: progress.stations.length,
    signatures: progress.signatures.length,
    reclassified: progress.reclassified.length,
    rating: progress.rating?.level,
  };
  const differences: string[] = [];
  for (const [key, want] of Object.entries(expected)) {
    if (key === 'form') continue;
    const have = actual[key as keyof ExpectedProgress];
    if (want !== undefined && have !== want)
      differences.push(`${key} 应为 ${spell(want)}，实际为 ${spell(have ?? '（无）')}`);
  }
  for (const [field, want] of Object.entries(expected.form ?? {})) {
    const have = progress.form[field];
    if (JSON.stringify(have) !== JSON.stringify(want)) {
      differences.push(`栏目 ${field} 应为 ${JSON.stringify(want)}，实际为 ${JSON.stringify(have) ?? '（无）'}`);
    }
  }
  return differences;
}
