export type { CommandEntry, CommandIo, RunCommand } from './command.js';
export { main } from './main.js';
export { ballotTools } from './verify-ballot/ballot-tools.js';
