import { compareRules, ruleSchemas, titlesOf, type ComparedVersion, type RuleChange } from '@lianxin/domain';
import type { KeptRule, PackBody } from './pack-body.js';

const typed = ({ kind, id, inForce, rule }: KeptRule): ComparedVersion => ({
  kind,
  id,
  inForce,
  rule: ruleSchemas[kind].parse(rule),
});

/** The rules of a kept version of which not every text stands word for word in the other one. */
const differing = (one: PackBody, other: PackBody): PackBody => {
  const texts = new Set(other.rules.map((rule) => JSON.stringify(rule)));
  const changed = new Set(one.rules.filter((rule) => !texts.has(JSON.stringify(rule))).map((rule) => rule.id));
  return { ...one, rules: one.rules.filter((rule) => changed.has(rule.id)) };
};

const none = (body: PackBody): PackBody => ({ ...body, rules: [] });

/** Old and new of a pack in prose 新旧对照; everything is new where there was no version before. */
export const changesBetween = (before: PackBody | undefined, after: PackBody): readonly RuleChange[] => {
  const was = before ?? none(after);
  const [gone, come] = [differing(was, after), differing(after, was)];
  const ids = new Set([...gone.rules, ...come.rules].map((rule) => rule.id));
  const read = (body: PackBody) => {
    const versions = body.rules.filter((rule) => ids.has(rule.id)).map(typed);
    return { versions, names: titlesOf([{ bodies: body.bodies, rules: versions }]) };
  };
  return compareRules(read(was), read(after));
};
