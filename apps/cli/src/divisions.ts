import { parseArgs } from 'node:util';
import { explainFault, type Result } from '@lianxin/domain';
import { connectOwner, mergeVillages, splitVillage, type Succession } from '@lianxin/server';
import type { CommandIo, RunCommand } from './command.js';
import { withServerParts } from './with-server-parts.js';

const usage = `用法 usage:
  lianxin divisions merge 原村代码 原村代码 [...] --to 新村代码=村名 --on 日期 --source 批文
      合并：第一个原村的组织和任职延续 · merge; the bodies of the first go on
  lianxin divisions split 原村代码 --to 代码=村名 --to 代码=村名:网格,网格 [...] --on 日期 --source 批文
      拆分：第一个新村承接档案，其余按网格划出 · split; the first keeps the files, the others are given grids`;

interface To {
  readonly code: string;
  readonly name: string;
  readonly grids: readonly string[];
}

/** `代码=村名` or `代码=村名:001,002`; undefined for anything else. */
const readTo = (text: string): To | undefined => {
  const match = /^(\d{12})=([^:=]{1,80})(?::([0-9a-z,-]+))?$/u.exec(text);
  const [, code, name, grids] = match ?? [];
  return code === undefined || name === undefined ? undefined : { code, name, grids: grids?.split(',') ?? [] };
};

const say = (io: CommandIo, done: Result<Succession>): number => {
  if (!done.ok) {
    for (const one of done.faults) {
      const [zh, en] = [explainFault(one, 'zh-CN'), explainFault(one, 'en')];
      io.err(`${zh.what} ${zh.cure}\n  ${en.what} ${en.cure} (${one.code})`);
    }
    return 1;
  }
  const { after, ended } = done.value;
  io.out(
    `前后一致 the same before and after: 事项 matters ${after.matters}，户 households ${after.households}，登记 records ${after.records}，人员 persons ${after.persons}`,
  );
  for (const post of ended) io.out(`任职到期、请重新任命 ended, to be appointed anew: ${post.name} ${post.post}`);
  return 0;
};

/** `lianxin divisions merge|split`: villages become others; nothing that happened changes. 0 done, 1 refused whole, 2 wrongly called. */
export const run: RunCommand = async (args, io) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { to: { type: 'string', multiple: true }, on: { type: 'string' }, source: { type: 'string' } },
  });
  const [what, ...from] = positionals;
  const { on, source } = values;
  const to = (values.to ?? []).flatMap((text) => readTo(text) ?? []);
  const [first] = to;
  const [village] = from;
  const wrong = to.length !== (values.to ?? []).length || !/^\d{4}-\d{2}-\d{2}$/.test(on ?? '') || !source;
  if (
    (what !== 'merge' && what !== 'split') ||
    first === undefined ||
    village === undefined ||
    wrong ||
    on === undefined
  ) {
    io.err(usage);
    return 2;
  }
  return withServerParts(io, async ({ deps, database }) => {
    const db = await connectOwner(database);
    try {
      return say(
        io,
        what === 'merge'
          ? await mergeVillages(db, deps, { from, to: { code: first.code, name: first.name }, on, source })
          : await splitVillage(db, deps, { from: village, to, on, source }),
      );
    } finally {
      await db.end();
    }
  });
};
