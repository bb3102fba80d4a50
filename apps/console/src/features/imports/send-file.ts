import { RefusedError, type FaultInWords } from '@lianxin/contract/client';
import { hearClosed } from '../../app/expiry.js';
import { currentLanguage } from '../../app/language.js';

/** Sends a file with what belongs to it; a refusal arrives as RefusedError with its faults in words. */
export async function sendFile(
  path: string,
  file: File,
  fields: Readonly<Record<string, string>> = {},
  commandId?: string,
): Promise<Response> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  body.set('file', file);
  let response: Response;
  try {
    response = await fetch(path, {
      method: 'POST',
      body,
      headers: {
        'accept-language': currentLanguage(),
        ...(commandId === undefined ? {} : { 'idempotency-key': commandId }),
      },
      credentials: 'same-origin',
    });
  } catch {
    throw new RefusedError(0, []);
  }
  if (response.ok) return response;
  const answer = (await response.json().catch(() => ({}))) as { faults?: FaultInWords[] };
  hearClosed((answer.faults ?? []).map((fault) => fault.code));
  throw new RefusedError(response.status, answer.faults ?? []);
}

/** Hands bytes to the person as a file. */
export async function saveAs(response: Response, name: string): Promise<void> {
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
