import { describeThreshold } from '../share/index.js';
import { afterStage } from './moves.js';
import { describeLevel } from './describe-level.js';
import { describeParties, titleOf } from './describe-who.js';
import { CHANNELS, describeBallot } from './channels.js';
import type { Limit, OnLate } from './limit.js';
import { planOf, type Plan, type PlannedStage } from './plan.js';
import type { Procedure } from './procedure.js';
import { readAct, say, sayAfterStage, sayFields, sayFrom, sayIf } from './read-act.js';
import type { Publish, Vote } from './vote.js';
import { isBlank } from './words.js';

/**
 * Reads a procedure out as Chinese prose in markdown: what a cadre would read to know the rule, and what an overlay is compared in.
 *
 * Everything the rule says is said, each figure with its source; nothing is said that the rule does not say.
 */
export function readProcedure(procedure: Procedure): string {
  const plan = planOf(procedure);
  const until = procedure.inForce.to === undefined ? '起施行' : `至${procedure.inForce.to}施行`;
  const lines = [`# ${procedure.title}`, '', `${procedure.inForce.from}${until}。${procedure.about ?? ''}`.trim()];
  if (procedure.madeFor === 'replay') lines.push('', '本版本仅用于回放旧数据，不是当时的真实规定。');
  lines.push('', '## 提出', '', readOpening(procedure));
  procedure.stages.forEach((stage, index) => {
    const place = plan.stages.get(stage.id);
    if (place !== undefined) lines.push('', ...readStage(plan, place, `## ${index + 1}. ${stage.title}`));
  });
  if (plan.standing.size > 0) {
    lines.push('', '## 办理中随时可以', '', ...[...plan.standing.values()].map((planned) => readAct(plan, planned)));
  }
  if (procedure.limits.length > 0) {
    lines.push('', '## 总的时限', '');
    procedure.limits.forEach((limit, index) => lines.push(`- ${readLimit(plan, limit, `时限${index + 1}`)}`));
  }
  lines.push('', '## 办结', '', ...readClosing(plan));
  if (procedure.privacy !== undefined) lines.push('', '## 隐私', '', ...readPrivacy(plan, procedure.privacy));
  return `${lines.join('\n')}\n`;
}

function readOpening(procedure: Procedure): string {
  const who = describeParties(procedure, procedure.opensBy ?? [{ anyone: true }]);
  const forOthers =
    procedure.onBehalf === undefined
      ? ''
      : `；${describeParties(procedure, procedure.onBehalf)}可以代为提出，两人姓名都记录`;
  const fields = sayFields(procedure.form);
  const choices = procedure.form
    .filter((field) => field.choices !== undefined)
    .map((field) => `“${field.title}”为${field.choices?.map((choice) => choice.title).join('、')}之一`);
  const routes = (procedure.routes ?? []).map(
    ({ title, titled, source }) => `\n\n${title}不走本流程，须按“${titled}”办理${sayFrom(source)}。`,
  );
  const named = procedure.form.find((field) => field.id === procedure.assign?.person);
  const assigned = named === undefined ? '' : `；由“${named.title}”写明的人承办`;
  return `由${who}提出${forOthers}${fields === '' ? '' : `；${fields}`}${choices.map((one) => `；${one}`).join('')}${assigned}。${routes.join('')}`;
}

function readStage(plan: Plan, place: PlannedStage, heading: string): string[] {
  const { part, stage, branches } = place;
  const lines = [heading, ''];
  const by = part.by ?? stage.by;
  if (by !== undefined) lines.push(`由${describeParties(plan.procedure, by)}办理。${sayFrom(part.source)}`);
  if (part === stage && stage.if !== undefined) lines.push(`仅在${sayIf(plan, stage.if)}时经过本环节，否则跳过。`);
  if (part.limit !== undefined) lines.push(readLimit(plan, part.limit, `${part.title}时限`));
  for (const late of part.onLate ?? []) lines.push(`逾期${readLate(plan, late)}。`);
  if (part.vote !== undefined) lines.push(readVote(plan, part.vote));
  if (part.publish !== undefined) lines.push(readPublish(plan, part.publish));
  if (branches.length > 0) {
    lines.push(
      stage.oneOf === undefined
        ? '以下各项同时办理，全部完成后进入下一步。'
        : '以下方式择一办理，先开始的一种即为选定。',
    );
  }
  const acts = [...place.acts.values()].map((planned) => readAct(plan, planned));
  if (acts.length > 0) lines.push('', ...acts);
  for (const branch of branches) lines.push('', ...readStage(plan, branch, `### ${branch.title}`));
  const leads = [...place.acts.values()].some(({ rule }) => rule.kind === 'outcome' && rule.then === undefined);
  if (part === stage && (leads || branches.length > 0)) {
    lines.push('', `完成后${sayAfterStage(plan, afterStage({ plan }, stage.id))}。`);
  }
  return lines;
}

function readLimit(plan: Plan, limit: Limit, title: string): string {
  const { of } = limit;
  let from = '';
  if (of === 'opened') from = '自提出之日起';
  else if (of === 'stage-entered' || of === undefined) from = '自进入本环节起';
  else if ('act' in of) from = `自“${plan.actTitles.get(of.act) ?? of.act}”起`;
  else from = `自“${plan.fieldTitles.get(of.date) ?? of.date}”起`;
  const first = typeof of === 'object' && 'date' in of && of.counted === true ? '当日计入' : '起算当日不计';
  const runs = limit.runsOn === true ? '，等待群众答复时照常计时' : '';
  const met =
    limit.until === undefined
      ? ''
      : `，以“${limit.until.map((act) => plan.actTitles.get(act) ?? act).join('”或者“')}”为完成`;
  const late = (limit.onLate ?? []).map((one) => readLate(plan, one)).join('，');
  return `${limit.title ?? title}：${from}${say(limit.within)}内，${first}${runs}${met}${late === '' ? '' : `；逾期${late}`}${sayFrom(limit.source)}。`;
}

function readLate(plan: Plan, late: OnLate): string {
  if ('remind' in late) return `提醒${describeParties(plan.procedure, late.remind)}`;
  if ('escalateTo' in late) return `交${late.escalateTo === 'next' ? '上一级' : describeLevel(late.escalateTo)}`;
  if ('recordProblem' in late) return `记入问题清单（${late.recordProblem}）`;
  if ('propose' in late) return '提请启动后续程序';
  return `自动办理“${plan.actTitles.get(late.act) ?? late.act}”`;
}

function readVote(plan: Plan, vote: Vote): string {
  const share = (threshold: Vote['approval']): string =>
    isBlank(threshold) ? '（由地方规定的比例）' : describeThreshold(threshold, 'zh-CN');
  const clauses: string[] = [];
  if (vote.roll !== undefined) clauses.push(`应到人员为${titleOf(plan.procedure, vote.roll)}全体有表决权的人员`);
  if (vote.convenedBy !== undefined) clauses.push(`由${describeParties(plan.procedure, vote.convenedBy)}召集`);
  for (const { title, share: part, source } of vote.demandedBy ?? [])
    clauses.push(`${title}达到${describeThreshold(part, 'zh-CN')}提议的，应当召集${sayFrom(source)}`);
  for (const { title, share: part, source } of vote.constituted ?? [])
    clauses.push(`组成人员中${title}须占${describeThreshold(part, 'zh-CN')}${sayFrom(source)}`);
  if (vote.authorisedBy !== undefined) clauses.push(`须先有${titleOf(plan.procedure, vote.authorisedBy)}的书面授权`);
  for (const { title, instead, source } of vote.reserved ?? [])
    clauses.push(`不得决定${title}，应由${titleOf(plan.procedure, instead)}决定${sayFrom(source)}`);
  if (vote.notice !== undefined) {
    const special = vote.notice.mayBeShortened === true ? '，特殊情况可以缩短，须记明理由' : '';
    clauses.push(`会前满${say(vote.notice.atLeast)}通知，通知当日和开会当日不计${special}`);
  }
  if (vote.attendance !== undefined) clauses.push(`到会须达${share(vote.attendance)}`);
  for (const group of vote.composition ?? [])
    clauses.push(`${group.title}须占${describeThreshold(group.share, 'zh-CN')}`);
  clauses.push(`赞成须达${share(vote.approval)}`);
  if (vote.ballot !== undefined) clauses.push(`以${describeBallot(vote.ballot)}方式表决`);
  if (vote.singly === true) clauses.push('一次表决只决定一件事项');
  if (vote.online === true) clauses.push('可以通过即时通讯工具参加');
  clauses.push(readProxies(plan, vote.proxies));
  return `表决：${clauses.join('；')}${sayFrom(vote.source)}。`;
}

function readProxies(plan: Plan, proxies: Vote['proxies']): string {
  if (proxies === undefined) return '不得委托他人表决';
  const whose = proxies.within === undefined ? '' : '同一户的';
  const barred = (proxies.notHeldBy ?? []).map((post) => titleOf(plan.procedure, post)).join('、');
  const most = proxies.most === undefined ? '可以接受' : `每人最多接受${proxies.most}份`;
  return `${most}${whose}书面委托${barred === '' ? '' : `，${barred}不得接受委托`}`;
}

/** How long a notice stands, or how many days may be chosen. */
const sayPeriod = (period: Publish['noticePeriod']): string =>
  'chosen' in period ? `${period.chosen.atLeast}至${period.chosen.atMost}日（张贴时选定）` : say(period);

function readPublish(plan: Plan, publish: Publish): string {
  const channels = publish.channels.map((id) => CHANNELS[id] ?? id).join('、');
  const clauses = [
    `在${channels}公示${publish.what}，须满${sayPeriod(publish.noticePeriod)}，张贴当日不计，不因节假日缩短`,
  ];
  const { objections } = publish;
  if (objections !== undefined) {
    const within = objections.within === undefined ? '公示期间' : `${say(objections.within)}内`;
    clauses.push(
      `${within}可以提出异议，由${describeParties(plan.procedure, objections.answeredBy)}答复，全部答复后才能结束公示`,
    );
  }
  if (objections?.upheld !== undefined)
    clauses.push(`采纳异议的，回到“${titleOfPlace(plan, objections.upheld.backTo)}”`);
  if (publish.stays !== undefined)
    clauses.push(`张贴满${say(publish.stays.atLeast)}之前不得撤下${sayFrom(publish.stays.source)}`);
  if (publish.mask !== undefined) {
    clauses.push(`公开时遮盖${publish.mask.map((id) => plan.fieldTitles.get(id) ?? id).join('、')}`);
  }
  return `公示：${clauses.join('；')}${sayFrom(publish.source)}。`;
}

const titleOfPlace = (plan: Plan, id: string): string => plan.stages.get(id)?.title ?? id;

function readClosing(plan: Plan): string[] {
  const { results, needs, afterwards } = plan.procedure.closes;
  const titleOfResult = (id: string): string => results.find((result) => result.id === id)?.title ?? id;
  const after = afterwards.length === 0 ? '办结后不再接受任何办理。' : '办结后只能办理下列事项。';
  const adopting = results.filter((result) => result.adopts !== undefined);
  const lines = [`办结结果：${results.map((result) => result.title).join('、')}。${after}`];
  for (const { title, adopts } of adopting)
    lines.push(
      `以“${title}”办结的，“${plan.fieldTitles.get(adopts ?? '') ?? adopts}”的文本从办结之日施行，作为新的一版。`,
    );
  for (const { act, since, unless, source } of needs ?? []) {
    const except = unless === undefined ? '' : `（以“${unless.map(titleOfResult).join('”“')}”办结的除外）`;
    const again = typeof since === 'object' ? `“${plan.actTitles.get(since.act) ?? since.act}”之后` : '';
    lines.push(`办结之前，${again}须已办理“${plan.actTitles.get(act) ?? act}”${except}${sayFrom(source)}。`);
  }
  if (afterwards.length > 0) lines.push('', ...[...plan.afterwards.values()].map((planned) => readAct(plan, planned)));
  return lines;
}

function readPrivacy(plan: Plan, privacy: NonNullable<Procedure['privacy']>): string[] {
  const names = (ids: readonly string[]): string => ids.map((id) => plan.fieldTitles.get(id) ?? id).join('、');
  return [
    ...(privacy.process === true ? ['- 过程公开：任何人可见哪一步何时由谁办理、票数和可以公开的内容。'] : []),
    ...(privacy.public.length === 0 ? [] : [`- 任何人可见：${names(privacy.public)}。`]),
    ...(privacy.parties.length === 0 ? [] : [`- 仅当事人和承办人可见：${names(privacy.parties)}。`]),
    ...(privacy.sealed.length === 0 ? [] : [`- 保密：${names(privacy.sealed)}。`]),
    ...(privacy.contactUntilClosed === true ? ['- 联系方式仅承办人可见，办结后不再显示。'] : []),
    ...(privacy.deleteAtEnd === undefined ? [] : [`- 办结时删除：${names(privacy.deleteAtEnd)}。`]),
    ...(privacy.keep === undefined ? [] : [`- 保存${say(privacy.keep)}${sayFrom(privacy.source)}。`]),
  ];
}
