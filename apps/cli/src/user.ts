import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { explainFault, type Fault } from '@lianxin/domain';
import { addAccount, connectOwner, setPassword, type Opened } from '@lianxin/server';
import type { Command } from './command.js';
import { withServerParts } from './with-server-parts.js';

const usage =
  'add <username> --county <code> --person <id> [--password <text>] | password <username> [--password <text>]';

/** A password nobody chose: twelve characters that are not mistaken for each other when read aloud. */
const freshPassword = (): string => {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  return [...randomBytes(12)].map((byte) => letters[byte % letters.length]).join('');
};

const refused = (faults: readonly Fault[]): number => {
  for (const fault of faults) {
    const said = explainFault(fault, 'zh-CN');
    console.error(`${said.what}${said.cure} ${explainFault(fault, 'en').what}`);
  }
  return 1;
};

interface Wanted {
  readonly username: string;
  readonly county: string | undefined;
  readonly person: string | undefined;
  readonly password: string | undefined;
}

const add = async (
  opened: Opened,
  { username, county, person, password = freshPassword() }: Wanted,
): Promise<number> => {
  if (county === undefined || person === undefined) {
    console.error(`lianxin user ${usage}`);
    return 2;
  }
  const client = await connectOwner(opened.database);
  try {
    const { rows } = await client.query<{ name: string }>(
      'select name from lx.person where county = $1 and id::text = $2',
      [county, person],
    );
    const name = rows[0]?.name;
    if (name === undefined) return refused([{ code: 'not-found', params: {} }]);
    const added = await addAccount(client, { username, password, county, person, name });
    if (!added.ok) return refused(added.faults);
    console.log(`${username} ${password}`);
    return 0;
  } finally {
    await client.end();
  }
};

const change = async (opened: Opened, { username, password = freshPassword() }: Wanted): Promise<number> => {
  const client = await connectOwner(opened.database);
  try {
    const changed = await setPassword(client, username, password);
    if (!changed.ok) return refused(changed.faults);
    console.log(`${username} ${password}`);
    return 0;
  } finally {
    await client.end();
  }
};

/** `lianxin user add|password`: a log-in for a person on record, or a new password for one; prints name and password once. */
export const userCommand: Command = {
  name: 'user',
  usage,
  zh: '为在册人员开通账号，或重设密码',
  en: 'a log-in for a person on record, or a new password',
  run: async (args) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { county: { type: 'string' }, person: { type: 'string' }, password: { type: 'string' } },
    });
    const [what, username] = positionals;
    if (username === undefined || (what !== 'add' && what !== 'password')) {
      console.error(`lianxin user ${usage}`);
      return 2;
    }
    const wanted = { username, county: values.county, person: values.person, password: values.password };
    return withServerParts(async (opened) => (what === 'add' ? add(opened, wanted) : change(opened, wanted)));
  },
};
