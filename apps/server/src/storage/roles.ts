import type { ClientBase } from 'pg';

/** The roles that serve requests and work; none may log in, own, or bypass row-level security. */
export const runtimeRoles = [
  'rt_public',
  'rt_resident',
  'rt_office',
  'rt_auth',
  'rt_journal',
  'rt_worker',
  'rt_audit',
] as const;

/** The server's log-in role: it owns nothing and may only become one of the above. */
export const appRole = 'lx_app';

/**
 * Makes the roles that are missing and checks that the server's log-in role is bound by row-level security; throws in words when it
 * is a superuser or may bypass it, because then every policy would be for show.
 *
 * `password` is for a database reached over the network; an embedded one trusts its socket, which is ours alone.
 */
export const ensureRoles = async (client: ClientBase, password?: string): Promise<void> => {
  const { rows } = await client.query<{ rolname: string; unbound: boolean }>(
    `select rolname, rolsuper or rolbypassrls or rolcreaterole as unbound from pg_roles where rolname = any($1)`,
    [[appRole, ...runtimeRoles]],
  );
  const unbound = rows.filter((row) => row.unbound).map((row) => row.rolname);
  if (unbound.length > 0)
    throw new Error(`these database roles must not be superuser, BYPASSRLS or CREATEROLE: ${unbound.join(', ')}`);
  const there = new Set(rows.map((row) => row.rolname));
  for (const role of runtimeRoles) if (!there.has(role)) await client.query(`create role ${role} nologin noinherit`);
  if (!there.has(appRole)) await client.query(`create role ${appRole} login noinherit`);
  if (password !== undefined) await client.query(`alter role ${appRole} password ${client.escapeLiteral(password)}`);
  for (const role of runtimeRoles) {
    const { rowCount } = await client.query(
      `select from pg_auth_members where roleid = $1::regrole and member = $2::regrole`,
      [role, appRole],
    );
    if (rowCount === 0) await client.query(`grant ${role} to ${appRole}`);
  }
};
