import { describeDuration, Duration, listServices, type ServiceCatalogue } from '@lianxin/domain';
import type { Language } from './components/language.js';
import type { ServiceView } from './village.view.js';

/** A service's time limit in words; a blank that no overlay has filled says nothing rather than something wrong. */
const limitWords = (limit: unknown, language: Language): string | null => {
  const read = Duration.safeParse(limit);
  return read.success ? describeDuration(read.data, language) : null;
};

/**
 * The services of a village as its page shows them (服务目录). `catalogues` are those that apply there, the nearest first: of a service that
 * two of them have, the nearest is shown. `departmentOf` names the office that does it. Pure.
 */
export const servicesIn = (
  catalogues: readonly ServiceCatalogue[],
  departmentOf: (department: string) => string,
  language: Language,
): ServiceView[] => {
  const shown = new Map<string, ServiceView>();
  for (const service of catalogues.flatMap((catalogue) => listServices(catalogue, { level: 'village' }))) {
    if (shown.has(service.id)) continue;
    shown.set(service.id, {
      title: service.title,
      department: departmentOf(service.department),
      papers: (service.materials ?? []).map(({ title }) => title),
      limit: limitWords(service.limit, language),
    });
  }
  return [...shown.values()];
};
