import { fault, ok, refuse, type Fault, type Result } from '../fault/index.js';
import type { ShareFigures } from '../share/index.js';
import { listHouseholds, type Roll } from './roll.js';

/** Proxy 委托: one member's vote given to another for one meeting. */
export type Proxy = { readonly giver: string; readonly holder: string };

/** How many proxies one may hold, and which posts (or `candidate`, as a post for the day) may hold none. */
export type ProxyRule = {
  /** As many as there are, when missing. */
  readonly most?: number | undefined;
  readonly notHeldBy?: readonly string[] | undefined;
  /** Only for somebody of the own household. */
  readonly within?: 'household' | undefined;
};

/** Attendance 实到: who came and whose vote was carried for them; `present` counts both, each person once. */
export type Attendance = {
  readonly entitled: number;
  readonly inPerson: number;
  readonly byProxy: number;
  readonly present: number;
  readonly households: { readonly represented: number; readonly all: number };
};

function listTwice(people: readonly string[]): string[] {
  return [...new Set(people.filter((person, index) => people.indexOf(person) !== index))];
}

/**
 * Every fault in a set of proxies; none means they hold.
 *
 * Without a rule nobody may carry another's vote: the law names the meetings that allow it, and silence is not leave.
 */
export function listProxyFaults(
  roll: Roll,
  present: readonly string[],
  proxies: readonly Proxy[],
  rule: ProxyRule = { most: 0 },
): Fault[] {
  const onRoll = new Map(roll.entitled.map((entitled) => [entitled.person, entitled]));
  const came = new Set(present);
  const givers = proxies.map(({ giver }) => giver);
  const holders = [...new Set(proxies.map(({ holder }) => holder))];
  const barred = rule.notHeldBy ?? [];
  return [
    ...givers.filter((giver) => !onRoll.has(giver)).map((person) => fault('not-on-roll', { person })),
    ...listTwice(givers).map((person) => fault('counted-twice', { person })),
    ...[...new Set(givers)].filter((giver) => came.has(giver)).map((person) => fault('counted-twice', { person })),
    ...holders.flatMap((person) => {
      const holder = onRoll.get(person);
      if (holder === undefined) return [fault('not-on-roll', { person })];
      if (givers.includes(person)) return [fault('proxy-chain', { person })];
      if (!came.has(person)) return [fault('proxy-not-allowed', { person, reason: '未到会 (not present)' })];
      const post = holder.posts.find((one) => barred.includes(one));
      if (post !== undefined) return [fault('proxy-not-allowed', { person, reason: post })];
      const carried = proxies.filter((proxy) => proxy.holder === person);
      const strange = carried.some(({ giver }) => {
        const household = onRoll.get(giver)?.household;
        return household === undefined || household !== holder.household;
      });
      if (rule.within === 'household' && strange) {
        return [fault('proxy-not-allowed', { person, reason: '不是同一户 (another household)' })];
      }
      const have = carried.length;
      const { most = have } = rule;
      return have > most ? [fault('too-many-proxies', { person, have, most })] : [];
    }),
  ];
}

/**
 * Counts a meeting's attendance against its roll; refuses, listing everyone, those not on the roll, those counted twice, those recused and proxies
 * that do not hold.
 */
export function attendanceOf(
  roll: Roll,
  present: readonly string[],
  proxies: readonly Proxy[] = [],
  rule?: ProxyRule,
): Result<Attendance> {
  const onRoll = new Map(roll.entitled.map((entitled) => [entitled.person, entitled.household]));
  const aside = new Map(roll.recused.map(({ person, relation }) => [person, relation]));
  const strangers = [...new Set(present)].filter((person) => !onRoll.has(person));
  const [first, ...more] = [
    ...strangers.map((person) => {
      const relation = aside.get(person);
      return relation === undefined ? fault('not-on-roll', { person }) : fault('recused', { person, relation });
    }),
    ...listTwice(present).map((person) => fault('counted-twice', { person })),
    ...listProxyFaults(roll, present, proxies, rule),
  ];
  if (first !== undefined) return refuse(first, ...more);
  const counted = [...present, ...proxies.map(({ giver }) => giver)];
  const represented = new Set(
    counted.map((person) => onRoll.get(person)).filter((household) => household !== undefined),
  );
  return ok({
    entitled: roll.entitled.length,
    inPerson: present.length,
    byProxy: proxies.length,
    present: counted.length,
    households: { represented: represented.size, all: listHouseholds(roll).length },
  });
}

/**
 * The attendance as figures for a threshold: people against those entitled, households against all households.
 */
export const attendanceFigures = (attendance: Attendance): ShareFigures => ({
  entitled: { count: attendance.present, base: attendance.entitled },
  households: { count: attendance.households.represented, base: attendance.households.all },
});
