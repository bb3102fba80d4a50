export type { CommandEntry, CommandIo, RunCommand } from './command.js';
export { main } from './main.js';
export { ballotTools } from '@lianxin/server/ballot-tools';
