import { parseArgs } from 'node:util';
import { explainFault, fault, type Fault } from '@lianxin/domain';
import { addAccount, connectOwner, profileOf, readConfig, setPassword, type Deps } from '@lianxin/server';
import type { CommandIo, RunCommand } from './command.js';
import { freshPassword } from './fresh-password.js';
import { withServerParts } from './with-server-parts.js';

const usage =
  'lianxin user add <username> --county <code> --person <id> [--password <text>]\nlianxin user password <username> [--password <text>]';

const refused = (io: CommandIo, faults: readonly Fault[]): number => {
  for (const one of faults) {
    const said = explainFault(one, 'zh-CN');
    io.err(`${said.what}${said.cure} ${explainFault(one, 'en').what}`);
  }
  return 1;
};

type Db = Awaited<ReturnType<typeof connectOwner>>;

interface Wanted {
  readonly username: string;
  readonly password: string;
  readonly county: string | undefined;
  readonly person: string | undefined;
}

const add = async (db: Db, deps: Deps, { county = '', person = '', ...account }: Wanted) => {
  const { rows } = await db.query<{ name: string }>('select name from lx.person where county = $1 and id::text = $2', [
    county,
    person,
  ]);
  const name = rows[0]?.name;
  return name === undefined
    ? { ok: false as const, faults: [fault('not-found')] }
    : addAccount(db, { ...account, county, person, name }, undefined, profileOf(deps.config));
};

/** `lianxin user add|password`: a log-in for a person on record, or a new password for one; prints name and password once. */
export const run: RunCommand = async (args, io) => {
  const options = { county: { type: 'string' }, person: { type: 'string' }, password: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const [what, username] = positionals;
  const complete =
    what === 'password' || (what === 'add' && values.county !== undefined && values.person !== undefined);
  if (username === undefined || !complete) {
    io.err(usage);
    return 2;
  }
  const wanted: Wanted = {
    username,
    password: values.password ?? freshPassword(profileOf(readConfig(io.env)).leastKinds),
    county: values.county,
    person: values.person,
  };
  return withServerParts(io, async ({ database, deps }) => {
    const db = await connectOwner(database);
    try {
      const rules = { profile: profileOf(deps.config), at: deps.clock() };
      const done =
        what === 'add' ? await add(db, deps, wanted) : await setPassword(db, username, wanted.password, rules);
      if (!done.ok) return refused(io, done.faults);
      io.out(`${username} ${wanted.password}`);
      return 0;
    } finally {
      await db.end();
    }
  });
};
