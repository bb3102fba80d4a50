import { z } from 'zod';

const name = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
const date = z.iso.date();
const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
const moment = z
  .string()
  .regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2})?$/, 'a day, or a day and a time: 2026-06-03 09:30')
  .describe('日期，或者日期加时间（当地时间）：2026-06-03 09:30');

/** An act as a case writes it: what, by whom (a name under `people`), with which fields, when. */
export const CaseAct = z.strictObject({
  act: name,
  by: name,
  for: name.optional().describe('代谁办'),
  stage: z.string().optional(),
  fields: z.record(z.string(), value).default({}),
  at: moment.optional(),
});
export type CaseAct = z.infer<typeof CaseAct>;

/** A person of a case: an office, or a resident; `relations` are what may bar them. */
export const CasePerson = z.strictObject({
  kind: z.enum(['officer', 'resident', 'system']).default('officer'),
  person: name.optional().describe('同一个人的另一个身份'),
  post: name.optional(),
  body: name.optional(),
  level: z.enum(['group', 'village', 'township', 'county']).default('village'),
  division: z.string().optional(),
  relations: z.array(name).optional(),
});
export type CasePerson = z.infer<typeof CasePerson>;

/** The names a folder of cases shares: people, and acts that many cases begin with (`cases/shortcuts.yaml`). */
export const CaseShortcuts = z.strictObject({
  people: z.record(name, CasePerson).default({}),
  acts: z.record(name, CaseAct).default({}),
});
export type CaseShortcuts = z.infer<typeof CaseShortcuts>;

const expectedFault = z.union([
  name,
  z.looseObject({ fault: name, source: z.union([z.string(), z.array(z.string())]).optional() }),
]);
export type ExpectedFault = z.infer<typeof expectedFault>;

const expectedProgress = z.strictObject({
  stage: z.string().nullable().optional(),
  state: z.enum(['open', 'paused', 'ended']).optional(),
  result: name.optional(),
  level: z.string().optional(),
  holder: name.nullable().optional(),
  responsible: name.optional(),
  firstContact: name.optional(),
  form: z.record(z.string(), value).optional(),
  breaches: z.int().optional(),
  reopened: z.int().optional(),
  stations: z.int().optional(),
  signatures: z.int().optional(),
  reclassified: z.int().optional(),
  rating: z.int().optional(),
});
export type ExpectedProgress = z.infer<typeof expectedProgress>;

const outcome = z.strictObject({
  passes: z.literal(true).optional(),
  refused: z.array(expectedFault).min(1).optional(),
  progress: expectedProgress.optional(),
  effects: z.array(name).optional(),
});

const counted = z.record(
  z.string(),
  z.strictObject({
    with: z.int(),
    of: z.int(),
    percent: z.number().optional(),
    missing: z.array(z.string()).optional(),
  }),
);

const head = {
  title: z.string().min(1),
  covers: z.array(z.string()).default([]),
  note: z.string().optional(),
  pack: name.optional().describe('案例不放在政策包里时，写明是哪个政策包'),
  on: moment,
};

/** How many are on a roll, by denominator; `groups` says how many of them belong to a group (representatives, women). */
export const CaseRoll = z.strictObject({
  entitled: z.int(),
  allMembers: z.int().exactOptional(),
  households: z.int().exactOptional(),
  registeredVoters: z.int().exactOptional(),
  groups: z.record(z.string(), z.int()).exactOptional(),
});

/** A case on a procedure: a record built act by act, one more act, and what must follow. */
export const ProcedureCase = z.strictObject({
  ...head,
  procedure: z
    .union([name, z.array(name).min(2)])
    .optional()
    .describe('规则标识；几个流程管同一件事的，列出它们'),
  kind: name.optional(),
  division: z.string().optional(),
  level: z.enum(['group', 'village', 'township', 'county']).optional(),
  channel: name.default('counter'),
  roll: z.record(z.string(), z.union([z.int(), CaseRoll])).default({}),
  people: z.record(name, CasePerson).default({}),
  sampled: z.array(name).optional(),
  children: z
    .array(
      z.strictObject({
        id: name,
        openedBy: name.optional(),
        wait: z.enum(['all', 'any', 'none']).optional(),
        ended: moment.nullable(),
      }),
    )
    .default([]),
  record: z.array(z.union([name, CaseAct])).default([]),
  act: CaseAct.optional(),
  then: outcome.optional(),
  next: z
    .array(
      z.strictObject({
        by: name,
        at: moment.optional(),
        may: z.array(name).default([]),
        mayNot: z.record(name, z.array(name)).default({}),
      }),
    )
    .optional(),
  due: z.record(z.string(), date).optional(),
  overdueOn: z.record(z.string(), date).optional(),
});
export type ProcedureCase = z.infer<typeof ProcedureCase>;

const recordText = z.strictObject({ id: z.string().min(1), fields: z.record(z.string(), value) });

/** Records a case begins with; with `times`, so many alike, where `#` in a text stands for the number of each. */
const standingRecord = recordText.extend({
  times: z.int().min(1).max(2000).optional(),
  confirmed: z.boolean().optional(),
});

/** What a ledger must show; only what is stated is compared. */
const expectedLedger = z.strictObject({
  rows: z
    .union([z.int(), z.array(z.string())])
    .optional()
    .describe('行数，或者按顺序列出的登记项'),
  counted: z.record(z.string(), z.int()).optional(),
  answered: z.int().optional(),
  atMost: z.int().optional().describe('名额：显示 50/50 的后一个数'),
  once: z.int().optional(),
  sums: z.array(z.strictObject({ field: name, total: z.number() })).optional(),
  standing: z.array(z.strictObject({ value: z.string(), is: z.enum(['short', 'within', 'over']) })).optional(),
  composition: z
    .array(
      z.strictObject({
        value: z.string(),
        part: name,
        rows: z.int(),
        atLeast: z.int().optional(),
        atMost: z.int().optional(),
        is: z.enum(['short', 'within', 'over']).default('within'),
      }),
    )
    .optional()
    .describe('组成：5/5、女干部 0/1'),
  records: z
    .array(
      z.strictObject({
        id: z.string(),
        parts: z.strictObject({ have: z.int(), of: z.int(), missing: z.array(z.string()) }).optional(),
        confirmed: z.boolean().optional(),
        shortBy: z.number().nullable().optional(),
        overdueSince: z.union([date, z.enum(['never', 'in-time'])]).optional(),
        remainder: z.number().optional(),
        total: z.number().optional(),
        advice: z.array(z.string()).optional().describe('提示'),
        cells: z.array(z.union([value, z.null()])).optional(),
      }),
    )
    .optional(),
});
export type ExpectedLedger = z.infer<typeof expectedLedger>;

/** A case on a register: the records that stand, here and in registers it reads, and either one to be saved and whether it may be, or what a ledger shows. */
export const RegisterCase = z
  .strictObject({
    ...head,
    register: name,
    records: z.array(standingRecord).default([]),
    elsewhere: z.record(name, z.array(standingRecord)).default({}).describe('别的登记簿里已有的登记项'),
    running: z.array(name).default([]),
    save: recordText.optional(),
    ledger: name.optional(),
    then: z.strictObject({
      passes: z.literal(true).optional(),
      refused: z.array(expectedFault).min(1).optional(),
      ledger: expectedLedger.optional(),
    }),
  })
  .refine((each) => (each.save !== undefined) !== (each.ledger !== undefined), {
    message: 'a case on a register saves one record, or looks at one ledger',
  })
  .refine((each) => (each.ledger !== undefined) === (each.then.ledger !== undefined), {
    message: 'a case that looks at a ledger says what it shows',
  })
  .refine((each) => each.save === undefined || (each.then.passes !== undefined) !== (each.then.refused !== undefined), {
    message: 'a case that saves says passes or refused',
  });
export type RegisterCase = z.infer<typeof RegisterCase>;

/** A case on a coverage report: places with what they have, given as counts or counted from bodies and records, and what is counted. */
export const CoverageCase = z.strictObject({
  ...head,
  coverage: name,
  places: z
    .array(
      z.strictObject({
        code: z.string(),
        group: z.string().optional(),
        times: z.int().min(1).max(2000).optional(),
        counts: z.record(z.string(), z.int()).optional(),
        bodies: z.array(name).optional(),
        fields: z.record(z.string(), value).optional(),
      }),
    )
    .min(1),
  records: z
    .array(recordText.omit({ id: true }).extend({ register: name, times: z.int().min(1).max(2000).optional() }))
    .default([]),
  then: z.strictObject({
    complete: z.int().optional(),
    counted,
    places: z
      .array(z.strictObject({ code: z.string(), counts: z.record(z.string(), z.int()) }))
      .optional()
      .describe('某处各项各有几个'),
  }),
});
export type CoverageCase = z.infer<typeof CoverageCase>;

/** A case on a disclosure catalogue: what was published, and what is owed and late on a day. */
export const DisclosureCase = z.strictObject({
  ...head,
  catalogue: name,
  range: z.strictObject({ from: date, to: date }),
  published: z.array(z.strictObject({ item: name, from: date, on: date })),
  entries: z.array(z.strictObject({ item: name, from: date, count: z.int() })).default([]),
  then: z.strictObject({
    late: z.array(z.strictObject({ item: name, responsible: name, days: z.int() })),
    inTime: z.int().optional(),
    due: z.int().optional(),
    percent: z.int().optional(),
    notPublic: z.array(name).optional(),
  }),
});
export type DisclosureCase = z.infer<typeof DisclosureCase>;
