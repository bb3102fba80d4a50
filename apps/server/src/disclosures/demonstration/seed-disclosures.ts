import {
  addDays,
  addMonths,
  countyDate,
  periodAt,
  type DisclosureItem,
  type DisclosurePeriod,
  type FieldValues,
  type Instant,
  type PlainDate,
} from '@lianxin/domain';
import { readDemonstration } from '@lianxin/pack-reader';
import { demonstrationOfficer, type SessionActor } from '../../access/index.js';
import { demonstrationFolder } from '../../demonstration-folder.js';
import type { Deps } from '../../deps.js';
import type { Answer } from '../../http/command.js';
import { newFormToken } from '../../matters/index.js';
import { enterRecord } from '../../records/index.js';
import { inContext } from '../../storage/index.js';
import { answerQuestion, ask, post } from '../answer.js';
import { catalogueFor, type AppliedCatalogue } from '../catalogue.js';
import { checkDraft, editDraft } from '../change-draft.js';
import { cutDraft } from '../cut-draft.js';
import { oneDraft } from '../disclosures.store.js';
import { publishDraft } from '../publish.js';

const quarter = { months: 3 } as const;

/** One quarter's entries of a made-up village: what a small village takes in and pays; every amount invented. */
const entries: readonly (readonly [
  day: number,
  direction: string,
  category: string,
  about: string,
  amount: number,
  counterparty: string,
])[] = [
  [6, 'income', 'contract', '鱼塘承包款', 12_000, '演示养殖合作社'],
  [15, 'income', 'grant', '上级拨付办公经费', 20_000, '镇财政所'],
  [20, 'expense', 'office', '村部水电费', 864.5, '供电所'],
  [33, 'expense', 'works', '村道路灯更换', 6_380, '演示五金店'],
  [41, 'expense', 'allowance', '修渠误工补贴', 1_200, '演示农'],
  [52, 'income', 'donation', '乡贤捐赠修桥', 5_000, '演示善'],
  [60, 'expense', 'works', '便桥修缮材料', 4_725.8, '演示建材店'],
  [75, 'expense', 'relief', '困难户慰问', 1_800, '演示困'],
];

/** What a village publishes by hand, in a sentence each. */
const sentences: readonly string[] = ['本季度各项工作按计划进行，收支另见财务公开。', '有疑问的可以到村部查阅原件。'];

class Village {
  readonly #deps: Deps;
  readonly #at: { now: Instant };
  readonly code: string;
  readonly director: SessionActor;
  readonly supervisor: SessionActor;
  readonly #secretary: SessionActor;
  #vouchers = 0;

  constructor(
    given: Deps,
    code: string,
    { director, supervisor, secretary }: Readonly<Record<'director' | 'supervisor' | 'secretary', SessionActor>>,
  ) {
    this.#at = { now: given.clock() };
    const at = this.#at;
    this.#deps = { ...given, clock: () => at.now };
    this.code = code;
    this.director = director;
    this.supervisor = supervisor;
    this.#secretary = secretary;
  }

  moveTo(day: PlainDate): void {
    this.#at.now = `${day}T01:00:00.000Z` as Instant;
  }

  /** What applies in the village on the day reached. */
  async catalogue(): Promise<AppliedCatalogue> {
    return inContext(this.#deps, this.director.context, (tx) => catalogueFor(this.#deps, tx, this.code));
  }

  get deps(): Deps {
    return this.#deps;
  }

  by = <Input>(actor: SessionActor, input: Input) => ({ actor, commandId: this.#deps.newId(), input });

  async enter(register: string, period: DisclosurePeriod): Promise<void> {
    for (const [day, direction, category, about, amount, counterparty] of entries) {
      this.#vouchers += 1;
      const date = addDays(period.from, day);
      const fields: FieldValues = {
        date,
        voucher: `${date.slice(0, 4)}-${String(this.#vouchers).padStart(3, '0')}`,
        direction,
        category,
        about,
        amount,
        counterparty,
      };
      idIn(await enterRecord(this.#deps, this.by(this.director, { division: this.code, register, on: date, fields })));
    }
  }

  async publish(
    item: DisclosureItem,
    period: DisclosurePeriod,
    words: readonly string[],
    corrects?: string,
  ): Promise<string> {
    const publisher = item.body.includes(this.director.office?.bodyKind ?? '') ? this.director : this.#secretary;
    const input = {
      division: this.code,
      item: item.id,
      from: period.from,
      to: period.to,
      paragraphs: [...words],
      ...(corrects === undefined ? {} : { corrects, reason: '原稿漏了一句说明' }),
    };
    const id = idIn(await cutDraft(this.#deps, this.by(publisher, input)));
    const draft = await inContext(this.#deps, publisher.context, (tx) => oneDraft(tx, id));
    const text = {
      id,
      version: 1,
      title: draft?.title ?? '',
      paragraphs: draft?.content.paragraphs ?? [],
      submit: true,
    };
    idIn(await editDraft(this.#deps, this.by(publisher, text)));
    idIn(await checkDraft(this.#deps, this.by(this.supervisor, { id, version: 2, agrees: true, note: '账证相符' })));
    return idIn(await publishDraft(this.#deps, this.by(publisher, { id, version: 3 })));
  }

  async hang(id: string): Promise<void> {
    idIn(await post(this.#deps, this.by(this.director, { id, kind: 'wall', place: '村部公开栏', copies: 1 })));
    idIn(await post(this.#deps, this.by(this.director, { id, kind: 'copies', place: '入户', copies: 12 })));
  }

  async ask(id: string, text: string): Promise<string> {
    const formToken = newFormToken(this.#deps.keys.keyFor('form-token'), this.#deps.random, this.#at.now);
    const asked = { division: this.code, disclosure: id, kind: 'question' as const, entry: '', text, formToken };
    return idIn(await ask(this.#deps, this.#deps.newId(), asked));
  }
}

const idIn = (answer: Answer): string => {
  if ('faults' in answer) throw new Error(`demonstration of disclosure: ${JSON.stringify(answer.faults)}`);
  return (answer.body as { id: string }).id;
};

/** The two quarters that have ended, the older first, and the day on which a village publishes each: in time by every catalogue. */
const quarters = (today: PlainDate): readonly { period: DisclosurePeriod; on: PlainDate }[] => {
  const last = periodAt(quarter, addDays(periodAt(quarter, today).from, -1));
  const before = periodAt(quarter, addMonths(last.from, -1));
  return [before, last].map((period) => ({ period, on: period.to }));
};

/** What the village's committee or its branch publishes every quarter. */
const periodic = (catalogue: AppliedCatalogue): readonly DisclosureItem[] =>
  catalogue.items
    .map(({ item }) => item)
    .filter(
      (item) => item.every !== undefined && ['residents-committee', 'branch'].some((body) => item.body.includes(body)),
    );

/**
 * Publishes two quarters of made-up accounts through the real commands 演示公开: the first village in full, with a correction and an answered question,
 * the second without one thing, the third has its accounts entered and has published nothing, so that a late village can be seen.
 */
export const seedDisclosures = async (given: Deps): Promise<void> => {
  const folder = demonstrationFolder(given.config.packs, 'divisions.yaml');
  if (folder === undefined) return;
  const { divisions, people } = readDemonstration(folder);
  const [county] = divisions.counties;
  const villages = county?.townships.find((township) => township.villages.length > 0)?.villages ?? [];
  for (const [at, { code }] of villages.slice(0, 3).entries()) {
    const prefix = `${county?.key ?? ''}-v${String(at + 1).padStart(2, '0')}`;
    const village = new Village(given, code, {
      director: await demonstrationOfficer(given, `${prefix}-director`, people.password),
      supervisor: await demonstrationOfficer(given, `${prefix}-supervision`, people.password),
      secretary: await demonstrationOfficer(given, `${prefix}-secretary`, people.password),
    });
    const catalogue = await village.catalogue();
    if (catalogue.items.length === 0) return;
    await seedVillage(village, catalogue, countyDate(given.clock()), at);
  }
};

/**
 * Which items a village publishes: the first all of the last quarter but one that is late, and its money before that; the second the money
 * of the last quarter.
 */
const shownBy = (at: number, turn: number, item: DisclosureItem, items: readonly DisclosureItem[]): boolean => {
  if (item.from !== undefined) return at === 0 || turn === 1;
  return at === 0 && turn === 1 && item !== items.at(-1);
};

const seedVillage = async (
  village: Village,
  catalogue: AppliedCatalogue,
  today: PlainDate,
  at: number,
): Promise<void> => {
  const items = periodic(catalogue);
  const money = items.find((item) => item.from !== undefined);
  for (const [turn, { period, on }] of quarters(today).entries()) {
    // A quarter from before the rules were in force has no register to enter anything in.
    village.moveTo(period.from);
    if ((await village.catalogue()).items.length === 0) continue;
    village.moveTo(on);
    if (money?.from !== undefined) await village.enter(money.from.register, period);
    if (at === 2) continue;
    for (const item of items.filter((each) => shownBy(at, turn, each, items))) {
      const id = await village.publish(item, period, item.from === undefined ? sentences : []);
      if (item.id !== money?.id) continue;
      await village.hang(id);
      if (at !== 0 || turn === 0) continue;
      const answered = await village.ask(id, '路灯换了几盏，在哪几处？');
      village.moveTo(addDays(on, 3));
      idIn(
        await answerQuestion(
          village.deps,
          village.by(village.director, { id: answered, answer: '换了十二盏，在一组到三组的主路上。' }),
        ),
      );
      await village.publish(item, period, ['路灯更换含安装费。'], id);
      await village.ask(id, '便桥修缮的发票能看吗？');
    }
  }
};
