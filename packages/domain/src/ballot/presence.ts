import { ok, type Result } from '../fault/index.js';
import { attendanceOf, type Attendance, type Proxy, type ProxyRule, type Roll } from '../roll/index.js';

/** By which channel somebody was recorded as present: the paper sheet, the own phone, or called out in the room. */
export type Channel = 'paper' | 'phone' | 'hands';

/** Arrival 签到: one line of the record of who came; `struck` takes a mistaken one out again. */
export interface Arrival {
  readonly person: string;
  readonly kind: 'came' | 'struck';
  readonly channel: Channel;
}

/** Who is there, each person once; the channel is the one by which they were recorded first. */
export function listPresent(arrivals: readonly Arrival[]): { readonly person: string; readonly channel: Channel }[] {
  const here = new Map<string, Channel>();
  for (const { person, kind, channel } of arrivals) {
    if (kind === 'struck') here.delete(person);
    else if (!here.has(person)) here.set(person, channel);
  }
  return [...here].map(([person, channel]) => ({ person, channel }));
}

/** Presence 到会情况: the attendance of a meeting, with how many came by each channel. */
export interface Presence extends Attendance {
  readonly byChannel: Readonly<Record<Channel, number>>;
  readonly people: readonly string[];
}

/**
 * Attendance against the frozen roll, paper and phone merged, so that nobody counts twice; proxies are checked by the roll kernel.
 * Refuses as `attendanceOf` does: everyone not on the roll, everyone recused, every proxy that does not hold.
 */
export function presenceOf(
  roll: Roll,
  arrivals: readonly Arrival[],
  proxies: readonly Proxy[] = [],
  rule?: ProxyRule,
): Result<Presence> {
  const present = listPresent(arrivals);
  const people = present.map(({ person }) => person);
  const attendance = attendanceOf(roll, people, proxies, rule);
  if (!attendance.ok) return attendance;
  const byChannel = { paper: 0, phone: 0, hands: 0 };
  for (const { channel } of present) byChannel[channel] += 1;
  return ok({ ...attendance.value, byChannel, people });
}
