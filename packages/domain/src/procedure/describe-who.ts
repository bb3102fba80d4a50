import { describeLevel } from './describe-level.js';
import type { Procedure } from './procedure.js';
import type { Who } from './who.js';

/** The title of a body, post or office as the procedure names it; the id where it gives none. */
export const titleOf = (procedure: Pick<Procedure, 'names'>, id: string): string =>
  procedure.names.find((name) => name.id === id)?.title ?? id;

const at = (level: string | undefined): string => {
  if (level === undefined) return '';
  return level === 'current' ? '当前层级' : describeLevel(level);
};

/** The level before the name, unless the name begins with it: 村民委员会 is a village's without being told so twice. */
const placed = (level: string | undefined, name: string): string => {
  const word = at(level);
  return name.startsWith(word) || name.startsWith(`乡${word}`) ? name : `${word}${name}`;
};

/** Says who may act, in Chinese, for refusals, prose and drawings. */
export function describeWho(procedure: Pick<Procedure, 'names'>, who: Who): string {
  const name = (id: string): string => titleOf(procedure, id);
  if ('body' in who) return placed(who.at, name(who.body));
  if ('post' in who) return placed(who.at, `${who.of === undefined ? '' : name(who.of)}${name(who.post)}`);
  if ('office' in who) return placed(who.at, name(who.office));
  if ('resident' in who) return '群众';
  if ('filer' in who) return '提出人';
  if ('handler' in who) return '承办人';
  if ('firstContact' in who) return '首问责任人';
  if ('offered' in who) return '接收单位';
  if ('officer' in who) return `${at(who.at)}工作人员`;
  if ('anyone' in who) return '任何人';
  if ('someoneNot' in who) return who.of === undefined ? '承办人以外的工作人员' : `${name(who.of)}中承办人以外的人员`;
  if ('sampledFrom' in who) return `从${name(who.sampledFrom)}中抽取的人员`;
  return '系统（到期自动）';
}

/** Several parties, joined: any of them may. */
export const describeParties = (procedure: Pick<Procedure, 'names'>, parties: readonly Who[]): string =>
  parties.map((who) => describeWho(procedure, who)).join('或者');
