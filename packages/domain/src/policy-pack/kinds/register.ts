import { z } from 'zod';
import { Condition, listFieldsRead } from '../../condition/index.js';
import { Duration } from '../../date/index.js';
import { Field } from '../../procedure/index.js';
import { RuleId, Sources, Title, ruleHeader } from '../identifiers.js';

const fieldId = RuleId.describe('字段标识');

/** A bound that the pack states, or that a field of the record holds: the number approved for this village. */
const Bound = z.union([z.int().min(0), z.strictObject({ field: fieldId })]);
export type Bound = z.infer<typeof Bound>;

/**
 * Guard 保护: what must hold before a record may be saved; a guard that fails refuses the save and says why.
 *
 * `requires` lets a record in only with these fields (when `if` holds), `at-most` limits how many alike may stand at once
 * (a record for which `unless` holds is let in all the same, and counts), `must` states a condition, `acyclic` keeps a tree a tree, `unchanged` freezes fields after the first save,
 * `locked-while` freezes the record while a procedure about it runs, `balances` lets a figure stand only when others add up to it (a refusal says by how much they
 * differ). `shows` names fields whose values a refusal repeats: the version of the rule that refused.
 */
export const Guard = z
  .strictObject({
    id: RuleId,
    title: Title,
    source: Sources.optional(),
    if: Condition.optional(),
    requires: z.array(fieldId).min(1).optional(),
    atMost: z
      .strictObject({
        count: z.union([z.int().min(1), z.strictObject({ field: fieldId })]),
        per: z.array(fieldId).min(1),
        unless: Condition.optional(),
      })
      .optional(),
    must: Condition.optional(),
    acyclic: fieldId.optional(),
    unchanged: z.array(fieldId).min(1).optional(),
    lockedWhile: RuleId.optional(),
    balances: z.strictObject({ of: fieldId, with: z.array(fieldId).min(1) }).optional(),
    shows: z.array(fieldId).min(1).optional(),
  })
  .refine((guard) => guardKinds.filter((kind) => guard[kind] !== undefined).length === 1, {
    message: 'a guard says exactly one of: requires, at-most, must, acyclic, unchanged, locked-while, balances',
  });
export type Guard = z.infer<typeof Guard>;
const guardKinds = ['requires', 'atMost', 'must', 'acyclic', 'unchanged', 'lockedWhile', 'balances'] as const;

/** Parts 分项: fields that each count when answered with yes or filled in, or a list of items and the field that names those done. */
const LedgerParts = z.union([z.array(fieldId).min(2), z.strictObject({ of: fieldId, done: fieldId })]);

/** Bounds 名额: how many records there are to be for each value of a field. */
const LedgerQuota = z
  .strictObject({ by: fieldId, atLeast: z.int().min(0).optional(), atMost: z.int().min(1).optional() })
  .refine((quota) => quota.atLeast !== undefined || quota.atMost !== undefined, {
    message: 'a quota says at-least, at-most, or both',
  });

/** Composition 组成: for each value of a field, how many records there are of each sort, and how many there should be. */
const LedgerComposition = z.strictObject({
  by: fieldId,
  parts: z
    .array(
      z.strictObject({
        id: RuleId,
        title: Title,
        only: Condition.optional(),
        atLeast: Bound.optional(),
        atMost: Bound.optional(),
        source: Sources.optional(),
      }),
    )
    .min(1),
});

/** Advice 提示: something a person should look at; it is shown beside the record and never keeps it from being saved. */
export const Advice = z.strictObject({ id: RuleId, title: Title, if: Condition, source: Sources.optional() });
export type Advice = z.infer<typeof Advice>;

/** Overdue 超期: the days or months after `since`, or as many days as the record itself says in the field `within-days`. */
const LedgerOverdue = z.union([
  z
    .strictObject({ since: fieldId, within: Duration })
    .refine(({ within }) => !('workingDays' in within || 'hours' in within), {
      message: 'a ledger counts days, months or years',
    }),
  z.strictObject({ since: fieldId, withinDays: fieldId }),
]);

/**
 * Ledger 台账: a saved, exportable view of a register: which columns, in which order, for whom, and what it counts.
 *
 * `count-by` counts rows for each value, `once` counts a value once however often it occurs, `sums` adds up numbers, `parts` shows
 * 4/5 and what is missing, `quota` compares with bounds, `composition` with several bounds at once, `standards` shows by how much a
 * figure falls short, `overdue` marks rows that are past their day, `remainder` what is left of one number after another, `total` what
 * several numbers of a row make. `totals-only` shows counts and sums and no row. All of it is computed, none is stored.
 */
export const Ledger = z.strictObject({
  id: RuleId,
  title: Title,
  columns: z.array(fieldId).min(1),
  only: Condition.optional(),
  sortBy: z.array(fieldId).optional(),
  seenBy: z.enum(['public', 'village', 'township', 'county', 'keepers']).default('keepers'),
  countBy: fieldId.optional(),
  once: fieldId.optional(),
  sums: z.array(fieldId).min(1).optional(),
  parts: LedgerParts.optional(),
  quota: LedgerQuota.optional(),
  composition: LedgerComposition.optional(),
  total: z.array(fieldId).min(2).optional(),
  totalsOnly: z.literal(true).optional(),
  standards: z
    .array(
      z.strictObject({ field: fieldId, atLeast: z.number(), if: Condition.optional(), source: Sources.optional() }),
    )
    .min(1)
    .optional(),
  overdue: LedgerOverdue.optional(),
  remainder: z.strictObject({ of: fieldId, less: fieldId }).optional(),
  source: Sources.optional(),
});
export type Ledger = z.infer<typeof Ledger>;

const fieldOfBound = (bound: Bound | undefined): string[] => (typeof bound === 'object' ? [bound.field] : []);

/** The conditions of a ledger. */
const conditionsOfLedger = ({ only, standards, composition }: Ledger): (Condition | undefined)[] => [
  only,
  ...(standards ?? []).map((standard) => standard.if),
  ...(composition?.parts ?? []).map((part) => part.only),
];

/** The fields a ledger counts by, besides its columns. */
function fieldsOfLedger({
  sortBy,
  countBy,
  once,
  sums,
  parts,
  quota,
  composition,
  total,
  standards,
  overdue,
  remainder,
}: Ledger): string[] {
  return [
    ...(sortBy ?? []),
    ...(sums ?? []),
    ...(total ?? []),
    ...(composition?.parts ?? []).flatMap(({ atLeast, atMost }) => [atLeast, atMost].flatMap(fieldOfBound)),
    ...(standards ?? []).map((standard) => standard.field),
    ...(Array.isArray(parts) ? parts : parts === undefined ? [] : [parts.of, parts.done]),
    ...[countBy, once, quota?.by, composition?.by, overdue?.since, remainder?.of, remainder?.less].filter(
      (id) => id !== undefined,
    ),
    ...(overdue !== undefined && 'withinDays' in overdue ? [overdue.withinDays] : []),
  ];
}

/** Confirmation 本人确认: whom a record is about says by the code of a paper slip that it is right; each change asks anew. */
const Confirmation = z.strictObject({ title: Title, source: Sources.optional() });

/** Register 登记簿: typed, dated records of one sort of thing, with the guards that keep them true. */
export const Register = z
  .strictObject({
    kind: z.literal('register'),
    ...ruleHeader,
    of: z.enum(['body', 'person', 'household', 'place', 'asset', 'document', 'thing']).describe('一条记录说的是什么'),
    keepers: z.array(RuleId).min(1).describe('负责登记的组织或站办所'),
    key: z.array(fieldId).min(1).describe('合起来认定同一条记录的字段'),
    fields: z.array(Field).min(1),
    guards: z.array(Guard).default([]),
    advice: z.array(Advice).default([]),
    ledgers: z.array(Ledger).default([]),
    confirmation: Confirmation.optional(),
  })
  .superRefine((register, context) => {
    const known = new Set<string>(register.fields.map((field) => field.id));
    const check = (names: readonly string[], path: (string | number)[]): void => {
      for (const name of names) {
        if (!known.has(name)) context.addIssue({ code: 'custom', path, message: `there is no field ${name}` });
      }
    };
    const checkConditions = (conditions: readonly (Condition | undefined)[], path: (string | number)[]): void => {
      check(
        conditions.flatMap((each) => (each === undefined ? [] : listFieldsRead(each))),
        path,
      );
    };
    check(register.key, ['key']);
    if (register.confirmation !== undefined && register.of !== 'person' && register.of !== 'household')
      context.addIssue({ code: 'custom', path: ['confirmation'], message: 'only a person or a household confirms' });
    for (const [index, field] of register.fields.entries())
      if (field.sum === true && field.knownFrom === undefined)
        context.addIssue({ code: 'custom', path: ['fields', index, 'sum'], message: 'a sum says known-from where' });
    for (const [index, field] of register.fields.entries()) checkConditions([field.if], ['fields', index, 'if']);
    for (const [index, advice] of register.advice.entries()) checkConditions([advice.if], ['advice', index, 'if']);
    for (const [index, guard] of register.guards.entries()) {
      check(guard.requires ?? [], ['guards', index, 'requires']);
      check(guard.atMost?.per ?? [], ['guards', index, 'atMost', 'per']);
      check(fieldOfBound(guard.atMost?.count), ['guards', index, 'atMost', 'count']);
      checkConditions([guard.if, guard.must, guard.atMost?.unless], ['guards', index]);
      check(guard.acyclic === undefined ? [] : [guard.acyclic], ['guards', index, 'acyclic']);
      check(guard.unchanged ?? [], ['guards', index, 'unchanged']);
      check(guard.balances === undefined ? [] : [guard.balances.of, ...guard.balances.with], [
        'guards',
        index,
        'balances',
      ]);
      check(guard.shows ?? [], ['guards', index, 'shows']);
    }
    for (const [index, ledger] of register.ledgers.entries()) {
      check(ledger.columns, ['ledgers', index, 'columns']);
      check(fieldsOfLedger(ledger), ['ledgers', index]);
      checkConditions(conditionsOfLedger(ledger), ['ledgers', index]);
    }
  });
export type Register = z.infer<typeof Register>;
