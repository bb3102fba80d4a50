import type { Context } from 'hono';
import { parseInstant, type Instant } from '@lianxin/domain';
import type { Environment } from './environment.js';

/** What a device says of its own clock: when the command was written, and now. */
export interface DeviceTime {
  readonly writtenAt: Instant;
  readonly sentAt: Instant;
}

const read = (text: string | undefined): Instant | undefined => {
  const parsed = text === undefined ? undefined : parseInstant(text);
  return parsed?.ok === true ? parsed.value : undefined;
};

/**
 * The clock of the device that a command came from 设备时间: headers `Device-Written-At` and `Device-Sent-At`, since the body of a command is the
 * same at every try and a clock is not. Nothing when either is missing or no moment: a clock is evidence, and lacking evidence refuses nobody.
 */
export const deviceTimeOf = (c: Context<Environment>): DeviceTime | undefined => {
  const [writtenAt, sentAt] = [read(c.req.header('device-written-at')), read(c.req.header('device-sent-at'))];
  return writtenAt === undefined || sentAt === undefined ? undefined : { writtenAt, sentAt };
};
