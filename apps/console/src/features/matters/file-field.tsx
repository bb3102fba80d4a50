import { RefusedError, type FaultInWords } from '@lianxin/contract/client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { newCommandId } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { currentLanguage, useLanguage } from '../../app/language.js';

/** Sends one file; it is kept by its content, so the same picture sent twice is one. */
async function send(file: File): Promise<string> {
  const body = new FormData();
  body.set('file', file);
  const response = await fetch('/api/files', {
    method: 'POST',
    body,
    headers: { 'accept-language': currentLanguage(), 'idempotency-key': newCommandId() },
    credentials: 'same-origin',
  });
  const answer = (await response.json()) as { sha256?: string; faults?: FaultInWords[] };
  if (!response.ok || answer.sha256 === undefined) throw new RefusedError(response.status, answer.faults ?? []);
  return answer.sha256;
}

/** Evidence: pictures or papers, each sent when chosen, so that a long form does not wait for them at the end. */
export function FileField({
  id,
  value,
  change,
}: {
  readonly id: string;
  readonly value: readonly string[];
  readonly change: (value: string[]) => void;
}) {
  const { words } = useLanguage();
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  const sending = useMutation({
    mutationFn: async (files: readonly File[]) => {
      const sent: string[] = [...value];
      for (const file of files) {
        const hash = await send(file);
        setNames((before) => ({ ...before, [hash]: file.name }));
        if (!sent.includes(hash)) sent.push(hash);
        change(sent);
      }
    },
  });
  return (
    <div className="files">
      <input
        id={id}
        type="file"
        multiple
        accept="image/*,application/pdf"
        onChange={(event) => sending.mutate([...(event.target.files ?? [])])}
      />
      {sending.isPending ? <p role="status">{words.matters.sending}</p> : null}
      <Faults error={sending.error} />
      <ul>
        {value.map((hash) => (
          <li key={hash}>
            <a href={`/api/files/${hash}`}>{names[hash] ?? hash.slice(0, 12)}</a>{' '}
            <button type="button" className="link" onClick={() => change(value.filter((one) => one !== hash))}>
              {words.matters.removeFile}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
