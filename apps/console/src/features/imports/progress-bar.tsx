import type { importProgressRoute } from '@lianxin/contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../app/call.js';
import { useImportWords } from './words.js';

/** How far a check or an import is (进度), asked once a second while it runs. */
export function RunProgress({ run }: { readonly run: string }) {
  const said = useImportWords();
  const progress = useQuery({
    queryKey: ['import-progress', run],
    queryFn: () => call<typeof importProgressRoute>('get', '/api/imports/progress/{run}', { params: { run } }),
    refetchInterval: 1000,
  });
  const { part, done, total } = progress.data ?? { part: 'waiting' as const, done: 0, total: 0 };
  const counted = part === 'write' && total > 0;
  return (
    <div role="status">
      <p>
        {said.parts[part]}
        {counted ? ` ${done} / ${total}` : null}
      </p>
      <progress
        style={{ width: '100%' }}
        aria-label={said.parts[part]}
        {...(counted ? { value: done, max: total } : {})}
      />
    </div>
  );
}
