import type { CommandEntry } from './command.js';
import { keepYoungMemorySmall } from './young-memory.js';

/** Every command of `lianxin`, in the order in which help lists them. A new command is one module `src/<name>.ts` and one row here. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'start',
    summary: '启动；首次启动会建库并写入演示数据 · start; the first time makes database and demonstration',
    load: () => {
      keepYoungMemorySmall();
      return import('./start.js');
    },
  },
  {
    name: 'migrate',
    summary: '升级数据库结构 · bring the database to the newest schema',
    load: () => import('./migrate.js'),
  },
  {
    name: 'seed',
    summary: '向空库写入演示数据 · fill an empty database with the demonstration',
    load: () => import('./seed.js'),
  },
  {
    name: 'setup',
    summary: '不用演示数据，开自己的县 · set a county of your own up',
    load: () => import('./setup.js'),
  },
  {
    name: 'adopt',
    summary: '启用改过的政策包：先新旧对照，再定施行日 · put changed packs into force from a day',
    load: () => import('./adopt.js'),
  },
  { name: 'user', summary: '开通账号、重设密码 · add a log-in, set a password', load: () => import('./user.js') },
  {
    name: 'rebuild',
    summary: '由事实重算汇总并核对 · derive projections again from facts and compare',
    load: () => import('./rebuild.js'),
  },
  {
    name: 'replay',
    summary: '把旧信件按原日期送入系统，标为补录 · send old requests through with their own dates',
    load: () => import('./replay.js'),
  },
  {
    name: 'export',
    summary: '整县导出为一个文件，口令密封机密部分 · a whole county as one file, its secrets under a passphrase',
    load: () => import('./export.js'),
  },
  {
    name: 'import',
    summary: '导入全国区划、人员表格、整县数据 · take in divisions, people, a whole county',
    load: () => import('./import.js'),
  },
  {
    name: 'divisions',
    summary: '合村、分村：历史留在原村 · merge or split villages, history kept',
    load: () => import('./divisions.js'),
  },
  { name: 'report', summary: '统计报表 · figures', load: () => import('./report.js') },
  {
    name: 'pack',
    summary: '检查、朗读、解释政策包，运行案例 · check, read, explain packs, play cases',
    load: () => import('./pack.js'),
  },
  {
    name: 'verify',
    summary:
      '核对凭条、存证文件、证书、整册，或两份整县数据是否相等 · check a receipt, a proof, a certificate, a log, or that two county files are equal',
    load: () => import('./verify.js'),
  },
  {
    name: 'witness',
    summary: '在另一个单位运行见证 · witness a log from another office',
    load: () => import('./witness.js'),
  },
  {
    name: 'ballot-box',
    summary: '运行无记名投票的票箱 · run the ballot box of a secret ballot',
    load: () => import('./ballot-box.js'),
  },
  {
    name: 'ballot-issuer',
    summary: '在监督委员会的机器上运行第二家签发 · run the second issuer of a secret ballot',
    load: () => import('./ballot-issuer.js'),
  },
  {
    name: 'log',
    summary: '核对、导出或立即封存公开册 · check, export or seal the public log',
    load: () => import('./log.js'),
  },
  { name: 'erase', summary: '依法删除一个人的资料 · erase a person', load: () => import('./erase.js') },
];
