import type { MatterDetail, MatterPage } from '@lianxin/contract';
import type { RunningServer } from './server.js';

/** An officer at work through the API, as the console would be; the other half of a resident's journey. */
export interface Officer {
  readonly person: string;
  /** Does an act on the matter with this number, on its newest version; fails loudly with the refusal's words. */
  readonly act: (number: string, act: string, fields?: Record<string, unknown>) => Promise<void>;
}

/** Logs in with one of the demonstration's log-ins. */
export const asOfficer = async (server: RunningServer, username: string): Promise<Officer> => {
  const login = server.logins.find((each) => each.username === username);
  if (login === undefined)
    throw new Error(`no log-in ${username}; there are ${server.logins.map((each) => each.username).join(', ')}`);
  const answer = await fetch(`${server.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: login.password }),
  });
  if (!answer.ok) throw new Error(`${username} could not log in: ${await answer.text()}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const read = async <T>(path: string): Promise<T> => {
    const got = await fetch(server.url + path, { headers: { cookie } });
    if (!got.ok) throw new Error(`${path}: ${got.status} ${await got.text()}`);
    return (await got.json()) as T;
  };
  const session = await read<{ person: string }>('/api/me');
  const act: Officer['act'] = async (number, name, fields = {}) => {
    const { items } = await read<MatterPage>('/api/matters?limit=200');
    const found = items.find((item) => item.number === number);
    if (found === undefined) throw new Error(`${username} does not see ${number}`);
    const { version } = await read<MatterDetail>(`/api/matters/${found.id}`);
    const done = await fetch(`${server.url}/api/matters/${found.id}/acts`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify({ act: name, fields, baseVersion: version }),
    });
    if (!done.ok) throw new Error(`${name}: ${done.status} ${await done.text()}`);
  };
  return { person: session.person, act };
};
