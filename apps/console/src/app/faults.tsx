import { RefusedError } from '@lianxin/contract/client';
import { useLanguage } from './language.js';

/**
 * Why something was refused (不符合项): each reason with its source and its cure. Said aloud to a screen reader.
 * A title of its own stands where a refusal is only the next step. A session that has ended says nothing here: the log-in lies over the page.
 */
export function Faults({ error, title }: { readonly error: unknown; readonly title?: string }) {
  const { words } = useLanguage();
  if (error === null || error === undefined) return null;
  const refused = error instanceof RefusedError ? error : undefined;
  if (refused?.faults.some((fault) => ['not-signed-in', 'session-locked'].includes(fault.code))) return null;
  if (refused?.status === 0) return <Refusal title={words.faults.title}>{words.faults.offline}</Refusal>;
  if (refused === undefined || refused.faults.length === 0) {
    return <Refusal title={words.faults.title}>{words.faults.unknown}</Refusal>;
  }
  return (
    <div className="refusal" role="alert">
      <strong>{title ?? words.faults.title}</strong>
      <ul className="faults">
        {refused.faults.map((fault) => (
          <li key={`${fault.code} ${fault.what}`} data-fault={fault.code}>
            <p className="what">{fault.what}</p>
            {fault.cure === null ? null : (
              <p>
                {words.faults.cure}
                {words.colon}
                {fault.cure}
              </p>
            )}
            {fault.source.length === 0 ? null : (
              <p className="quiet">{fault.why ?? `${words.faults.why}${words.colon}${fault.source.join('、')}`}</p>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Whether a refusal has this reason, where a page can offer the way round it. */
export const refusedWith = (error: unknown, code: string): boolean =>
  error instanceof RefusedError && error.faults.some((fault) => fault.code === code);

function Refusal({ title, children }: { readonly title: string; readonly children: string }) {
  return (
    <div className="refusal" role="alert">
      <strong>{title}</strong>
      <p>{children}</p>
    </div>
  );
}
