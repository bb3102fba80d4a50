import path from 'node:path';
import { checkLog, connectOwner, CountyFileRefused, features, importCounty, rebuild } from '@lianxin/server';
import type { CommandIo } from './command.js';
import { readPassphrase } from './passphrase.js';
import { withServerParts } from './with-server-parts.js';

/**
 * `lianxin import tenant FILE`: takes a whole county in, then checks what stands: projections against facts, the log from the journal up.
 * 0 taken in and checked, 1 refused or found wanting, 2 wrongly called.
 */
export const importTenant = async (
  io: CommandIo,
  file: string,
  passphraseFile: string | undefined,
): Promise<number> => {
  const passphrase = passphraseFile === undefined ? undefined : readPassphrase(io, passphraseFile);
  if (passphraseFile !== undefined && passphrase === undefined) return 2;
  return withServerParts(io, async ({ deps, database }) => {
    const owner = await connectOwner(database);
    try {
      const place = path.resolve(io.cwd, file);
      const done = await importCounty(deps, owner, {
        file: place,
        ...(passphrase === undefined ? {} : { passphrase }),
      });
      io.out(`${done.county}：${done.tables} 张表 tables，${done.rows} 行 rows，${done.files} 个附件 attachments`);
      const differing = (await rebuild(owner, features, deps.clock())).reduce((sum, one) => sum + one.differing, 0);
      const { findings, leaves } = await checkLog(deps, done.county, []);
      io.out(`${differing === 0 ? '✓' : '✗'} 汇总与事实 projections and facts: ${differing} 处不同 differing`);
      io.out(
        `${findings.length === 0 ? '✓' : '✗'} 公开册 log: ${leaves} 页 leaves, ${findings.length} 处问题 findings`,
      );
      io.out(
        '会话、第二因素不随数据迁移：请重新登录、重新绑定。Sessions and second factors do not move: log in and set them up again.',
      );
      return differing === 0 && findings.length === 0 ? 0 : 1;
    } catch (error) {
      if (!(error instanceof CountyFileRefused)) throw error;
      io.err(error.message);
      return 1;
    } finally {
      await owner.end();
    }
  });
};
