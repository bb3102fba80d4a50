import type { RecordSlip, RecordWordView } from '@lianxin/contract';
import { fault, historyOf, ok, refuse, withKnown, type Register, type Result } from '@lianxin/domain';
import type { SessionActor } from '../access/index.js';
import type { Deps } from '../deps.js';
import { runCommand, type Answer } from '../http/command.js';
import { writeJournal } from '../journal/index.js';
import { checkFormToken } from '../matters/index.js';
import { paperCode, paperCodeFits } from '../papers/index.js';
import { inContext, systemContext, type Tx } from '../storage/index.js';
import { tellKeepers } from './answer-own-word.js';
import { elsewhereOf } from './elsewhere.js';
import { findRegister, type RegisterDeps } from './find-register.js';
import { mayKeep } from './records.access.js';
import { changesOf, storedRecord, type StoredRecord } from './records.store.js';
import { changeView, textOf } from './records.view.js';
import { addRecordWord, recordWordsOf, type StoredRecordWord } from './record-words.store.js';

/** Whether a register is about people, who may each see their own record and say what they think of it. */
export const isAboutPeople = ({ of }: Register): boolean => of === 'person' || of === 'household';

const wordsOf = (county: string, record: string): readonly string[] => ['lx-record/v1', county, record];
const keyOf = (deps: Pick<Deps, 'keys'>): Buffer => deps.keys.keyFor('record-slip');

const wordView = ({ version, record: _record, ...word }: StoredRecordWord, now: number): RecordWordView => ({
  ...word,
  current: version === now,
});

/** What was said of a record, as its keepers see it beside the record. */
export const wordViewsOf = async (tx: Tx, record: Pick<StoredRecord, 'id' | 'version'>): Promise<RecordWordView[]> =>
  (await recordWordsOf(tx, record.id)).map((word) => wordView(word, record.version));

/**
 * The slip of a record 登记条: a code for whom the record is about, to hand over on paper. Refuses as reading the record does, and `not-found` for a
 * register that is about no person.
 */
export const readSlip = async (
  deps: RegisterDeps & Pick<Deps, 'keys' | 'config'>,
  tx: Tx,
  actor: SessionActor,
  id: string,
): Promise<Result<RecordSlip>> => {
  const record = await storedRecord(tx, id);
  if (record === undefined) return refuse(fault('not-found'));
  const found = await findRegister(deps, tx, record.division, record.register);
  if (!found.ok) return found;
  const strange = await mayKeep(tx, actor, found.value, record.division);
  if (strange !== undefined) return refuse(strange);
  if (!isAboutPeople(found.value.register)) return refuse(fault('not-found'));
  const { county } = tx.context;
  return ok({
    code: paperCode(keyOf(deps), wordsOf(county, id)),
    address: `${deps.config.origin}/own-record/${county}/${id}`,
  });
};

/** A record as whom it is about sees it: everything it says, and everything that was ever changed. */
export interface OwnRecord {
  readonly id: string;
  readonly title: string;
  readonly place: string;
  readonly version: number;
  readonly ended: boolean;
  readonly fields: readonly { readonly title: string; readonly text: string | null }[];
  readonly history: readonly ReturnType<typeof changeView>[];
  readonly words: readonly RecordWordView[];
  readonly confirms: boolean;
}

/** What names a slip as it was typed. */
export interface SlipOfRecord {
  readonly county: string;
  readonly record: string;
  readonly code: string;
}

const isSlip = (deps: Pick<Deps, 'keys'>, { county, record, code }: SlipOfRecord): boolean =>
  paperCodeFits(keyOf(deps), wordsOf(county, record), code);

/**
 * Opens the record of a slip 看本人登记; refuses `receipt-code-wrong` for any other code, whether or not there is such a record.
 */
export const readOwnRecord = async (deps: Deps, slip: SlipOfRecord): Promise<Result<OwnRecord>> => {
  if (!isSlip(deps, slip)) return refuse(fault('record-code-wrong'));
  return inContext(deps, systemContext(slip.county), async (tx) => {
    const record = await storedRecord(tx, slip.record);
    if (record === undefined) return refuse(fault('record-code-wrong'));
    const found = await findRegister(deps, tx, record.division, record.register);
    if (!found.ok) return found;
    const { register } = found.value;
    const fields = withKnown(register, record.fields, await elsewhereOf(deps, tx, record.division, register));
    const changes = await changesOf(tx, record.id);
    const by = new Map(changes.map((each) => [each.id, each.by]));
    return ok({
      id: record.id,
      title: register.title,
      place: record.divisionName,
      version: record.version,
      ended: record.endedOn !== null,
      fields: register.fields.map((field) => ({
        title: field.title,
        text: textOf(register, field.id, fields[field.id] ?? null),
      })),
      history: historyOf(changes).map((entry) => changeView(register, { ...entry, by: by.get(entry.id) ?? '' })),
      words: await wordViewsOf(tx, record),
      confirms: register.confirmation !== undefined,
    });
  });
};

/** What the holder of a slip says of the record. */
export interface SaidOfRecord extends SlipOfRecord {
  readonly kind: StoredRecordWord['kind'];
  readonly text: string;
  /** The version that was looked at. */
  readonly version: number;
  readonly formToken: string;
}

/**
 * Whom a record is about confirms it 确认, or says what is wrong 提意见; it stands beside the record. What is wrong waits in the inbox of the record's
 * keepers, who correct it or not, and answer.
 *
 * Refuses `form-expired`, `record-code-wrong`, `field-missing` for an objection without words, `stale-version` when the record has changed since it was
 * looked at, `record-ended`.
 */
export const sayOfRecord = async (deps: Deps, commandId: string, input: SaidOfRecord): Promise<Answer> => {
  const token = checkFormToken(deps.keys.keyFor('form-token'), input.formToken, deps.clock());
  if (!token.ok) return { status: 410, faults: token.faults, repeated: false };
  if (!isSlip(deps, input)) return { status: 422, faults: [fault('record-code-wrong')], repeated: false };
  const actor = { key: `system:slip:${input.record}`, context: systemContext(input.county) };
  const { code: _code, formToken: _token, ...body } = input;
  return runCommand(deps, { actor, commandId, route: 'POST /own-record/{county}/{id}', body }, async (tx) => {
    const record = await storedRecord(tx, input.record);
    if (record === undefined) return { faults: [fault('record-code-wrong')] };
    if (record.endedOn !== null) return { faults: [fault('record-ended', { on: record.endedOn })] };
    if (record.version !== input.version)
      return { faults: [{ code: 'stale-version', params: { yours: input.version, current: record.version } }] };
    const text = input.kind === 'confirmed' ? '' : input.text.trim().slice(0, 500);
    if (input.kind === 'objection' && text === '') return { faults: [fault('field-missing', { field: '意见' })] };
    const id = tx.makers.newId();
    const { division, version } = record;
    await addRecordWord(tx, { id, division, record: record.id, version, kind: input.kind, text });
    if (input.kind === 'objection') {
      const found = await findRegister(deps, tx, division, record.register);
      if (!found.ok) return { faults: found.faults };
      await tellKeepers(tx, record, found.value);
    }
    writeJournal(tx, {
      kind: 'record.change',
      division,
      commandId,
      commitFields: { record: record.id, word: id, what: input.kind, version: String(version), text },
    });
    return { status: 201, body: { id } };
  });
};
