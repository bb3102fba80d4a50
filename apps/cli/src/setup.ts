import { parseArgs } from 'node:util';
import { explainFault } from '@lianxin/domain';
import { connectOwner, setUpCounty, type FirstOfficer } from '@lianxin/server';
import type { RunCommand } from './command.js';
import { freshPassword } from './fresh-password.js';
import { withServerParts } from './with-server-parts.js';

const usage = `用法 usage:
  lianxin setup --county 区划代码 --administrator 登录名=姓名 --organiser 登录名=姓名 [--packs 政策包,政策包]
  开县：先用 lianxin import divisions 导入区划。管理系统的人和管任职的人是两个人。
  sets a county up: its packs, and a log-in each for who runs the system and for who appoints`;

/** `zhang=张三`: the log-in name and the name of a first officer. */
const officerOf = (text: string | undefined): FirstOfficer | undefined => {
  const [, username, name] = /^([^=]+)=(.+)$/u.exec(text ?? '') ?? [];
  return username === undefined || name === undefined ? undefined : { username, name, password: freshPassword() };
};

/** `lianxin setup`: a county of one's own, without demonstration; prints the two log-ins once. */
export const run: RunCommand = async (args, io) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      county: { type: 'string' },
      administrator: { type: 'string' },
      organiser: { type: 'string' },
      packs: { type: 'string' },
    },
  });
  const administrator = officerOf(values.administrator);
  const organiser = officerOf(values.organiser);
  if (values.county === undefined || administrator === undefined || organiser === undefined) {
    io.err(usage);
    return 2;
  }
  const { county } = values;
  const packs = (values.packs ?? '').split(',').filter(Boolean);
  return withServerParts(io, async ({ deps, database }) => {
    const owner = await connectOwner(database);
    try {
      const done = await setUpCounty(deps, owner, { county: county.padEnd(12, '0'), administrator, organiser, packs });
      if (!done.ok) {
        for (const one of done.faults) {
          const said = explainFault(one, 'zh-CN');
          io.err(`${said.what}${said.cure} ${explainFault(one, 'en').what}`);
        }
        return 1;
      }
      io.out(`${done.value.county}：已开县 set up`);
      io.out(`管理员 administrator  ${administrator.username} ${administrator.password}`);
      io.out(`管任职 organiser      ${organiser.username} ${organiser.password}`);
      io.out('这两个密码只显示这一次。These passwords are shown this once.');
      return 0;
    } finally {
      await owner.end();
    }
  });
};
