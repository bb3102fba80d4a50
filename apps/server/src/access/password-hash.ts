/*
 * How passwords are kept 密码散列: the log-in library's own scrypt, so that it can check what we wrote. Loaded with the first password.
 */

/** The kept form of a password; slow on purpose. */
export const hashPassword = async (password: string): Promise<string> =>
  (await import('better-auth/crypto')).hashPassword(password);

/** Whether a password is the one of a kept form. */
export const verifyPassword = async (given: { readonly hash: string; readonly password: string }): Promise<boolean> =>
  (await import('better-auth/crypto')).verifyPassword(given);
