import { parseArgs } from 'node:util';
import { connectOwner, erasePerson, type Erasure } from '@lianxin/server';
import type { RunCommand } from './command.js';
import { withServerParts } from './with-server-parts.js';

const usage = `用法 usage:
  lianxin erase person ID --county CODE --yes   依法删除一个人的资料；不能恢复 · erases a person's data; cannot be undone`;

const reasons: Readonly<Record<Extract<Erasure, { erased: false }>['reason'], string>> = {
  'not-found': '没有这个人 · there is no such person',
  'holds-office': '此人仍在任职：先离任，任职期间的公务记录按档案规定保存 · still holds an office: end the term first',
  'matter-open': '此人还有未办结的事项：先办结或撤回 · a matter is still open: finish or withdraw it first',
};

/** `lianxin erase person`: carries out a right to erasure; the log stays whole and every other receipt verifies. */
export const run: RunCommand = async (args, io) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { county: { type: 'string' }, yes: { type: 'boolean' } },
  });
  const [what, person] = positionals;
  const { county } = values;
  const isId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(person ?? '');
  if (what !== 'person' || person === undefined || !isId || county === undefined || values.yes !== true) {
    io.err(usage);
    return 2;
  }
  return withServerParts(io, async ({ deps, database }) => {
    const owner = await connectOwner(database);
    try {
      const erasure = await erasePerson(owner, deps, county, person);
      if (!erasure.erased) {
        io.err(reasons[erasure.reason]);
        return 1;
      }
      const { entries, matters } = erasure;
      io.out(
        `已删除：${entries} 条日志记录、${matters} 件事项的内容和姓名、号码、登录 · erased: ${entries} entries, ${matters} matters`,
      );
      io.out('备份里的副本随备份到期删除(35天内) · copies in backups go with the backups, within 35 days');
      return 0;
    } finally {
      await owner.end();
    }
  });
};
