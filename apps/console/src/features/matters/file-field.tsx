import { RefusedError, type FaultInWords } from '@lianxin/contract/client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { newCommandId } from '../../app/call.js';
import { hearClosed } from '../../app/expiry.js';
import { Faults } from '../../app/faults.js';
import { currentLanguage, useLanguage } from '../../app/language.js';

/** Sends one file with the place it is about; gives its id, by which the act names it. */
async function send(file: File, division: string): Promise<string> {
  const body = new FormData();
  body.set('division', division);
  body.set('file', file);
  let response: Response;
  try {
    response = await fetch('/api/files', {
      method: 'POST',
      body,
      headers: {
        'accept-language': currentLanguage(),
        accept: 'application/json',
        'idempotency-key': newCommandId(),
      },
      credentials: 'same-origin',
    });
  } catch {
    throw new RefusedError(0, []);
  }
  const answer = (await response.json().catch(() => ({}))) as { id?: string; faults?: FaultInWords[] };
  hearClosed((answer.faults ?? []).map((fault) => fault.code));
  if (!response.ok || answer.id === undefined) throw new RefusedError(response.status, answer.faults ?? []);
  return answer.id;
}

/** Evidence (凭据): pictures or papers, each sent when chosen, so that a long form doesn't wait for them at the end. */
export function FileField({
  id,
  division,
  several,
  value,
  change,
}: {
  readonly id: string;
  readonly division: string;
  readonly several: boolean;
  readonly value: readonly string[];
  readonly change: (value: readonly string[]) => void;
}) {
  const { words } = useLanguage();
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  const sending = useMutation({
    mutationFn: async (files: readonly File[]) => {
      const sent: string[] = several ? [...value] : [];
      for (const file of files) {
        const kept = await send(file, division);
        setNames((before) => ({ ...before, [kept]: file.name }));
        sent.push(kept);
        change([...sent]);
      }
    },
  });
  return (
    <div className="files">
      <input
        id={id}
        type="file"
        multiple={several}
        accept="image/*,application/pdf,.doc,.docx,.xls,.xlsx"
        aria-describedby={`${id}-help`}
        onChange={(event) => {
          const chosen = [...(event.target.files ?? [])];
          event.target.value = '';
          if (chosen.length > 0) sending.mutate(chosen);
        }}
      />
      {sending.isPending ? <p role="status">{words.matters.sending}</p> : null}
      <Faults error={sending.error} />
      {value.length === 0 ? null : (
        <ul>
          {value.map((file, index) => (
            <li key={file}>
              <a href={`/api/files/${file}`} target="_blank" rel="noreferrer">
                {names[file] ?? words.matters.file(index + 1)}
              </a>{' '}
              <button type="button" className="link" onClick={() => change(value.filter((one) => one !== file))}>
                {words.matters.removeFile}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
