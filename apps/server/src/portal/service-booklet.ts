import {
  chaptersOf,
  countyDate,
  describeDuration,
  Duration,
  plainDate,
  ruleSchemas,
  type Service,
} from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { bookletOf, type Paper } from '../papers/index.js';
import { rulesOf } from '../policy-packs/index.js';
import { inContext, publicContext } from '../storage/index.js';
import type { Language } from './components/language.js';
import { openWords } from './words/open.js';

/** A service in the booklet: what to bring, the steps, how long, what it costs. */
export interface BookletEntry {
  readonly title: string;
  readonly rows: readonly { readonly label: string; readonly value: string }[];
}

/** The service booklet 一本通 of a place: every area of its catalogue, also the empty ones. */
export interface ServiceBookletView {
  readonly title: string;
  /** The day since which the catalogue holds: a changed catalogue is a new version of the booklet. */
  readonly from: string;
  readonly chapters: readonly {
    readonly goal: string;
    readonly area: string;
    readonly entries: readonly BookletEntry[];
  }[];
}

const entryOf = (service: Service, language: Language): BookletEntry => {
  const words = openWords(language);
  const limit = Duration.safeParse(service.limit);
  const materials = (service.materials ?? []).map(
    ({ title, original }) => `${title}${original ? words.originalPaper : ''}`,
  );
  return {
    title: service.title,
    rows: [
      { label: words.papers, value: materials.join('；') },
      { label: words.steps, value: (service.steps ?? []).join(' → ') },
      { label: words.limit, value: limit.success ? describeDuration(limit.data, language) : '' },
      {
        label: words.fee,
        value: service.fee === undefined || service.fee.fen === 0 ? words.free : words.yuan(service.fee.fen),
      },
    ].filter(({ value }) => value !== ''),
  };
};

/** The booklet of a village by the nearest catalogue in force that has one; undefined where none has. */
export const serviceBooklet = async (
  deps: Deps,
  village: string,
  language: Language,
): Promise<ServiceBookletView | undefined> =>
  inContext(deps, publicContext(village), async (tx) => {
    const book = await rulesOf(deps.pool, tx);
    const [catalogue] = book
      .rulesFor(village, countyDate(deps.clock()), 'service-catalogue')
      .map(({ rule }) => ruleSchemas['service-catalogue'].parse(rule.rule))
      .filter((one) => one.booklet !== undefined);
    if (catalogue?.booklet === undefined) return undefined;
    return {
      title: catalogue.booklet.title,
      from: catalogue.inForce.from,
      chapters: chaptersOf(catalogue).map(({ goal, area, services }) => ({
        goal,
        area,
        entries: services.map((service) => entryOf(service, language)),
      })),
    };
  });

/** The booklet as an A5 print for one household: a chapter for each area, with cover and contents. */
export const serviceBookletPdf = (deps: Deps, booklet: ServiceBookletView, issuer: string, village: string) => {
  const words = openWords('zh-CN');
  const date = plainDate(booklet.from);
  return bookletOf({
    title: booklet.title,
    issuer,
    date,
    version: words.bookletVersion(booklet.from),
    chapters: booklet.chapters.map(({ goal, area, entries }): Paper => ({
      title: `${goal} · ${area}`,
      issuer,
      date,
      blocks:
        entries.length === 0
          ? [{ kind: 'paragraph', text: words.bookletEmpty }]
          : entries.flatMap(({ title, rows }): Paper['blocks'] => [
              { kind: 'heading', level: 1, text: title },
              ...rows.map(({ label, value }) => ({ kind: 'paragraph' as const, text: `${label}：${value}` })),
            ]),
    })),
    code: { text: `${deps.config.origin}/v/${village}/service-booklet`, caption: '扫码看最新的一版' },
  });
};
