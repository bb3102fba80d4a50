import { RefusedError } from '@lianxin/contract/client';
import { Alert } from 'antd';
import { useLanguage } from './language.js';

/** Why something was refused (不符合项): each reason with its source and its cure. Says so aloud to a screen reader. */
export function Faults({ error }: { readonly error: unknown }) {
  const { words } = useLanguage();
  if (error === null || error === undefined) return null;
  const faults = error instanceof RefusedError ? error.faults : [];
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={words.faults.title}
      description={
        faults.length === 0 ? (
          words.faults.unknown
        ) : (
          <ul className="faults">
            {faults.map((fault) => (
              <li key={`${fault.code} ${fault.what}`} data-fault={fault.code}>
                <strong>{fault.what}</strong>
                {fault.cure === null ? null : (
                  <p>
                    {words.faults.cure}：{fault.cure}
                  </p>
                )}
                {fault.source.length === 0 ? null : (
                  <p className="quiet">
                    {words.faults.why}：{fault.why ?? fault.source.join('、')}
                  </p>
                )}
              </li>
            ))}
          </ul>
        )
      }
    />
  );
}
