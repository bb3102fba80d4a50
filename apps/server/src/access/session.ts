import type { DeviceTime } from '../http/device-time.js';
import type { Context } from '../storage/context.js';

/** An office 岗位 held today, as the log-in query reads it from an appointment. */
export interface Office {
  readonly appointment: string;
  readonly post: string;
  readonly postTitle: string;
  readonly body: string;
  readonly bodyName: string;
  readonly bodyKind: string;
  /** Division of the body; the office reaches it and everything below. */
  readonly division: string;
  readonly divisionName: string;
  readonly level: string;
  readonly capabilities: readonly string[];
  /** Divisions of before a merge or split whose files this office's division took over; they keep their codes. */
  readonly before: readonly string[];
  /** Ended bodies this office's body answers for 承续, with the division of each. */
  readonly standsFor: readonly { readonly body: string; readonly division: string }[];
}

/** The bodies whose matters and inbox an office answers for: its own, and ended ones it succeeded. */
export const bodiesAnsweredFor = (office: Office): string[] => [
  office.body,
  ...office.standsFor.map((ended) => ended.body),
];

/** Who is logged in (登录人), with the offices an appointment gives today. */
export interface Session {
  readonly account: string;
  readonly username: string;
  readonly county: string;
  readonly person: string;
  readonly name: string;
  /** Where the person lives. */
  readonly division: string;
  readonly offices: readonly Office[];
  /** Capabilities of all offices together. */
  readonly capabilities: readonly string[];
  readonly expiresAt: string;
}

/** A context and the scope of command ids, ready for `runCommand`. */
export interface SessionActor {
  readonly key: string;
  readonly context: Context;
  readonly session: Session;
  /** The office acted in; null for a resident. */
  readonly office: Office | null;
  /** The clock of the device, where it was said. */
  readonly device?: DeviceTime | undefined;
}
