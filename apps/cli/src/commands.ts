import type { CommandEntry } from './command.js';

/** Every command of `lianxin`, in the order in which help lists them. A new command is one module `src/<name>.ts` and one row here. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'pack',
    summary: '检查、朗读、解释政策包，运行案例 · check, read, explain packs, play cases',
    load: () => import('./pack.js'),
  },
  {
    name: 'verify',
    summary: '核对凭条或存证文件 · check a receipt or a proof file',
    load: () => import('./verify.js'),
  },
  { name: 'log', summary: '核对或立即封存公开册 · check or seal the public log', load: () => import('./log.js') },
];
