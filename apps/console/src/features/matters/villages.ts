import type { DivisionRow, listDivisionsRoute } from '@lianxin/contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../app/call.js';
import { homeOf, useMe } from '../../app/session.js';

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

/** The office's own range with its townships and villages, widest first; empty while they are read. */
export function usePlaces(): readonly DivisionRow[] {
  const home = homeOf(useMe().data);
  const places = useQuery({
    queryKey: ['places', home],
    queryFn: () => call<typeof listDivisionsRoute>('get', '/api/divisions', { query: { within: home } }),
    enabled: home !== '',
    staleTime: 600_000,
  });
  return places.data?.divisions ?? [];
}
