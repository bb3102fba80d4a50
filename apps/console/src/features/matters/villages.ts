import type { DivisionRow, listDivisionsRoute } from '@lianxin/contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../app/call.js';

/** The villages within a place, for a picker; empty while they are read. */
export function useVillages(within: string | undefined): readonly DivisionRow[] {
  const villages = useQuery({
    queryKey: ['villages', within],
    queryFn: () =>
      call<typeof listDivisionsRoute>('get', '/api/divisions', { query: { within: within ?? '', level: 'village' } }),
    enabled: within !== undefined,
    staleTime: 600_000,
  });
  return villages.data?.divisions ?? [];
}
