import { parseArgs } from 'node:util';
import { explainFault, type Fault } from '@lianxin/domain';
import { activatePacks, connectOwner, planActivation, type PlannedActivation } from '@lianxin/server';
import type { CommandIo, RunCommand } from './command.js';
import { sayChanges } from './pack/say-changes.js';
import { withServerParts } from './with-server-parts.js';

const usage = `用法 usage:
  lianxin adopt --county 区划代码 --packs 政策包,政策包 --from 2026-12-15 [--yes]
  启用改过的政策包：先新旧对照，看过以后加 --yes 才生效；在办的事项仍按立项那天的规则办。
  puts changed packs into force from a day: shows old and new first, writes only with --yes; running matters keep their rule`;

const refused = (io: CommandIo, faults: readonly Fault[]): number => {
  for (const one of faults) {
    const said = explainFault(one, 'zh-CN');
    io.err(`${said.what}${said.cure} ${explainFault(one, 'en').what}`);
  }
  return 1;
};

const sayPlan = ({ title, pack, hash, before, running, changes }: PlannedActivation): string => {
  const head = `# ${title}（${pack}）${hash.slice(0, 16)}`;
  if (before === null) return `${head}\n这里还没有启用过。New here.`;
  if (before.hash === hash) return `${head}\n与现行的一样，不用再启用。Same as in force.`;
  return [
    head,
    `替换 ${before.from} 起的 ${before.hash.slice(0, 16)}；在办 ${running} 件仍按旧版办到底。${running} running matters keep the old rule.`,
    ...sayChanges(changes),
  ].join('\n');
};

/** `lianxin adopt`: a county publishes changed rules: old and new in prose, then from a day on; nothing is written without `--yes`. */
export const run: RunCommand = async (args, io) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      county: { type: 'string' },
      packs: { type: 'string' },
      from: { type: 'string' },
      yes: { type: 'boolean' },
    },
  });
  const { county, from = '' } = values;
  const packs = (values.packs ?? '').split(',').filter(Boolean);
  if (county === undefined || packs.length === 0 || !/^\d{4}-\d{2}-\d{2}$/.test(from)) {
    io.err(usage);
    return 2;
  }
  const wanted = { division: county.padEnd(12, '0'), packs, from };
  return withServerParts(io, async ({ deps, database }) => {
    const owner = await connectOwner(database);
    try {
      const { faults, plans } = await planActivation(deps, owner, wanted);
      if (faults.length > 0) return refused(io, faults);
      io.out(plans.map(sayPlan).join('\n\n'));
      if (plans.every(({ hash, before }) => before?.hash === hash)) return 0;
      if (values.yes !== true) {
        io.out(`\n没有写入。看过以后加 --yes，自 ${from} 起施行。Nothing written; add --yes.`);
        return 0;
      }
      await owner.query('begin');
      const late = await activatePacks(deps, owner, wanted);
      await owner.query(late.length > 0 ? 'rollback' : 'commit');
      if (late.length > 0) return refused(io, late);
      io.out(`\n已启用，自 ${from} 起施行，已写入公开册。In force from ${from}.`);
      return 0;
    } finally {
      await owner.end();
    }
  });
};
