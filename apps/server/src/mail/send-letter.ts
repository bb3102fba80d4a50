import type { Deps } from '../deps.js';
import type { Letter } from './letters.js';

/** A letter with where it goes and how it is recognised. */
export interface Outgoing {
  readonly to: string;
  readonly letter: Letter;
  /** The same for every try of one mail, so that a repetition can be told. */
  readonly id: string;
  /** Where a press stops this kind of mail; letters that ask once have none. */
  readonly stop?: string | undefined;
}

/** What came of it: sent, or refused for good by the other side; a passing failure is thrown and tried again. */
export type Posted = 'sent' | 'refused';

type Mailing = Pick<Deps, 'config'>;

/** Whether the operator connected a mail server. */
export const isMailOn = ({ config }: Mailing): boolean => config.smtp !== undefined;

const permanent = (error: unknown): boolean =>
  error instanceof Error &&
  'responseCode' in error &&
  typeof error.responseCode === 'number' &&
  error.responseCode >= 500;

/**
 * Hands a letter to the operator's mail server 发信. Plain text alone, marked as made by a machine, with a press to stop it where it comes again
 * and again (RFC 8058). Throws when the server cannot be reached or says "later".
 */
export const sendLetter = async ({ config }: Mailing, outgoing: Outgoing): Promise<Posted> => {
  if (config.smtp === undefined) return 'refused';
  const { default: nodemailer } = await import('nodemailer');
  const transport = nodemailer.createTransport(config.smtp.url, {
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as object);
  const { to, letter, id, stop } = outgoing;
  try {
    await transport.sendMail({
      from: config.smtp.from,
      to,
      subject: letter.subject,
      text: letter.text,
      messageId: `<${id}@${new URL(config.origin).hostname}>`,
      headers: {
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'All',
        ...(stop === undefined
          ? {}
          : { 'List-Unsubscribe': `<${stop}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
      },
    });
    return 'sent';
  } catch (error) {
    if (permanent(error)) return 'refused';
    throw error;
  } finally {
    transport.close();
  }
};
