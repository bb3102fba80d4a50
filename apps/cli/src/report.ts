import { parseArgs } from 'node:util';
import { explainFault } from '@lianxin/domain';
import { listCounties, timelinessOfCounties } from '@lianxin/server';
import type { RunCommand } from './command.js';
import { withServerParts } from './with-server-parts.js';

const usage = `用法 usage:
  lianxin report timeliness [--county CODE] [--village CODE] [--json]   办理时效 · how long answers took`;

const days = (value: number | null): string => (value === null ? '—' : value.toFixed(2));

/** `lianxin report timeliness`: figures over every county of this installation, or over one. 1 when the rules refuse, e.g. a calendar year is missing. */
export const run: RunCommand = async (args, io) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { county: { type: 'string' }, village: { type: 'string' }, json: { type: 'boolean' } },
  });
  if (positionals[0] !== 'timeliness') {
    io.err(usage);
    return 2;
  }
  return withServerParts(io, async ({ deps }) => {
    const named = values.county?.slice(0, 6) ?? values.village?.slice(0, 6);
    const counties = named === undefined ? await listCounties(deps) : [named];
    const report = await timelinessOfCounties(deps, counties, values.village);
    if (!report.ok) {
      for (const fault of report.faults) {
        const said = explainFault(fault, 'zh-CN');
        io.err(`${said.what} ${said.cure}`);
      }
      return 1;
    }
    const { count, medianDays, p90Days, within15Days, within60Days, within15WorkingDays, byKind } = report.value;
    if (values.json === true) io.out(JSON.stringify(report.value, null, 2));
    else {
      io.out(`答复 answered ${count}`);
      io.out(`中位 median ${days(medianDays)} 天 days，九成 p90 ${days(p90Days)} 天 days`);
      io.out(`15日内 ${within15Days}，60日内 ${within60Days}，15个工作日内 ${within15WorkingDays}`);
      io.out(
        Object.entries(byKind)
          .map(([kind, number]) => `${kind} ${number}`)
          .join('，'),
      );
    }
    return 0;
  });
};
