import { userInfo } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { connectOwner, CountyFileRefused, exportCounty, listCounties } from '@lianxin/server';
import type { RunCommand } from './command.js';
import { readPassphrase } from './passphrase.js';
import { withServerParts } from './with-server-parts.js';

const usage = `用法 usage:
  lianxin export FILE.lianxin-county [--county CODE] [--passphrase-file FILE]
  整县导出：全部数据、附件、公开册。给口令则连同机密部分（密封），才能导入别处；不给口令则只供查阅、比对。
  a whole county: rows, attachments, log; with a passphrase its secrets too, sealed, so that it can be taken in elsewhere`;

/** `lianxin export`: writes a whole county into one file. 0 done, 1 refused with nothing left behind, 2 wrongly called. */
export const run: RunCommand = async (args, io) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { county: { type: 'string' }, 'passphrase-file': { type: 'string' } },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    io.err(usage);
    return 2;
  }
  const given = values['passphrase-file'];
  const passphrase = given === undefined ? undefined : readPassphrase(io, given);
  if (given !== undefined && passphrase === undefined) return 2;
  return withServerParts(io, async ({ deps, database }) => {
    const counties = values.county === undefined ? await listCounties(deps) : [values.county];
    const [county, ...others] = counties;
    if (county === undefined || others.length > 0) {
      io.err(`这里有几个县，请用 --county 指明：${counties.join(' ')} Which county? Say it with --county.`);
      return 2;
    }
    const owner = await connectOwner(database);
    try {
      const place = path.resolve(io.cwd, file);
      const done = await exportCounty(deps, owner, {
        county,
        file: place,
        by: userInfo().username,
        ...(passphrase === undefined ? {} : { passphrase }),
      });
      io.out(
        `${county}：${done.tables} 张表 tables，${done.rows} 行 rows，${done.files.count} 个附件 attachments → ${place}`,
      );
      if (!done.sealed)
        io.out(
          '没有口令，机密部分不在其中，只供查阅和比对。Without a passphrase its secrets are left out: to read and compare.',
        );
      return 0;
    } catch (error) {
      if (!(error instanceof CountyFileRefused)) throw error;
      io.err(error.message);
      return 1;
    } finally {
      await owner.end();
    }
  });
};
