import { fault, type Fault } from '@lianxin/domain';
import type { AccountProfile } from './profile.js';

const most = 128;

/** Kinds of characters: a Chinese character, a space or a sign counts as another kind. */
const kinds = [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{Lu}\p{Ll}\p{Nd}]/u];

let wellKnown: Promise<ReadonlySet<string>> | undefined;

/** Passwords that were found in breaches so often that everybody tries them first; read when the first password is set. */
const knownPasswords = (): Promise<ReadonlySet<string>> => {
  wellKnown ??= import('@zxcvbn-ts/language-common').then(
    ({ default: { dictionary } }) => new Set(dictionary['passwords-common']),
  );
  return wellKnown;
};

/** Every reason why a password is not taken under a profile; none when it is. What was used before is asked where the hashes are. */
export const checkPassword = async (password: string, username: string, profile: AccountProfile): Promise<Fault[]> => {
  const faults: Fault[] = [];
  const length = Array.from(password).length;
  if (length < profile.leastLength || length > most)
    faults.push(fault('password-length', { found: length, least: profile.leastLength, most }));
  const held = kinds.filter((kind) => kind.test(password)).length;
  if (held < profile.leastKinds) faults.push(fault('password-kinds', { found: held, least: profile.leastKinds }));
  const small = password.toLowerCase();
  if (small.includes(username.toLowerCase())) faults.push(fault('password-holds-name'));
  if (new Set(small).size < 4 || (await knownPasswords()).has(small)) faults.push(fault('password-well-known'));
  return faults;
};
