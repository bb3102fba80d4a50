import { describeDuration, Duration } from '../../date/index.js';
import { written, type OverlayChange } from '../merge-overlay.js';
import { idOf, isTreeList, isTreeMap, type Tree } from '../tree.js';

/** A further citation is in the list of sources, and a new name stands at the head; neither needs a sentence of its own. */
export function isWorthSaying(change: OverlayChange): boolean {
  return !/(^|\.)(source|title|about)$/.test(change.path);
}

/** What an overlay did to one value, in a sentence; stages and acts by their titles in the merged rule. */
export function sayChange(change: OverlayChange, rule: Tree): string {
  const place = `“${sayPath(change.path, rule)}”`;
  const after = short(change.after);
  switch (change.change) {
    case 'filled':
      return `填写${place}：${after}。`;
    case 'tightened':
      return `${place}由 ${short(change.before ?? '')} 收紧为 ${after}。`;
    case 'added':
      return `增加${place}：${after}。`;
    case 'named':
      return `${place}改称 ${after}。`;
  }
}

/** What the keys that an overlay may touch are called; keys that only hold lists say nothing by themselves. */
const keyNames: Readonly<Record<string, string>> = {
  stages: '',
  acts: '',
  standing: '',
  afterwards: '',
  settings: '',
  services: '',
  parts: '',
  limits: '',
  limit: '时限',
  within: '期限',
  ask: '征询',
  longest: '最长',
  extend: '延期',
  by: '延长',
  most: '次数',
  vote: '表决',
  attendance: '到会',
  approval: '赞成',
  notice: '通知',
  publish: '公示',
  'notice-period': '公示期',
  objections: '异议',
  channels: '渠道',
  'on-late': '逾期',
  form: '提出时填写',
  needs: '须填写',
  closes: '办结',
  privacy: '隐私',
  guards: '保护',
  fields: '登记内容',
  duration: '期限',
  number: '数值',
};

function sayPath(path: string, rule: Tree): string {
  let here: Tree | undefined = rule;
  const words: string[] = [];
  for (const step of path.split('.')) {
    if (isTreeList(here)) {
      const item: Tree | undefined = here.find((each) => idOf(each) === step) ?? here[Number(step) - 1];
      here = item;
      words.push(isTreeMap(item) && typeof item['title'] === 'string' ? item['title'] : step);
      continue;
    }
    const key = step.replace(/-([a-z])/g, (_hyphen, letter: string) => letter.toUpperCase());
    here = isTreeMap(here) ? here[key] : undefined;
    words.push(keyNames[step] ?? step);
  }
  return words.filter((word) => word !== '').join(' › ');
}

/** A stage or an act by its title; a long value by its beginning. */
function short(tree: Tree): string {
  if (isTreeMap(tree) && typeof tree['title'] === 'string') return tree['title'];
  const duration = Duration.safeParse(tree);
  if (duration.success) return describeDuration(duration.data, 'zh-CN');
  const text = written(tree);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
