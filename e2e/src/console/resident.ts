import type { Opened, Tracking } from '@lianxin/contract';
import type { RunningServer } from '../server.js';

/** A resident 群众 with a receipt, through the API: the other half of an office's journey. */
export interface Resident {
  readonly id: string;
  readonly number: string;
  readonly act: (act: string, fields?: Record<string, unknown>) => Promise<void>;
  readonly track: () => Promise<Tracking>;
}

const answered = async <T>(response: Response, what: string): Promise<T> => {
  if (!response.ok) throw new Error(`${what}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
};

/** Tells a need in a village and keeps its receipt. */
export const tellNeed = async (
  server: RunningServer,
  village: string,
  kind: string,
  wanted: string,
): Promise<Resident> => {
  const form = async () =>
    answered<{ formToken: string; commandId: string }>(
      await fetch(`${server.url}/api/requests/form-token`, { method: 'POST' }),
      'form token',
    );
  const send = async (path: string, body: (formToken: string) => object) => {
    const { formToken, commandId } = await form();
    return fetch(server.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': commandId },
      body: JSON.stringify(body(formToken)),
    });
  };
  const opened = await answered<Opened>(
    await send('/api/requests', (formToken) => ({ division: village, kind, fields: { wanted }, formToken })),
    'telling',
  );
  const { code, confirmSecret } = opened.receipt;
  const track = async () => answered<Tracking>(await fetch(`${server.url}/api/receipts/${code}`), 'tracking');
  const act: Resident['act'] = async (name, fields = {}) => {
    const { version } = await track();
    await answered(
      await send(`/api/receipts/${code}/acts`, (formToken) => ({
        act: name,
        fields,
        baseVersion: version,
        formToken,
        ...(confirmSecret === null ? {} : { secret: confirmSecret }),
      })),
      name,
    );
  };
  return { id: opened.id, number: opened.number, act, track };
};
