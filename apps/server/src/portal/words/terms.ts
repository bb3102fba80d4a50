import type { FieldView, NextActView, RequestForm, Tracking } from '@lianxin/contract';
import type { Language } from '../components/language.js';

/**
 * English for the Chinese terms that rules use towards residents. A pack is written in Chinese; a term that is not here is shown
 * as the pack has it, since a guess would be worse than the original.
 */
const english: Readonly<Record<string, string>> = {
  民需: 'Need',
  民事: 'Affair',
  民困: 'Hardship',
  民忧: 'Worry',
  民需有人问: 'something needed: somebody to ask',
  民事有人管: 'something broken or undone: somebody in charge',
  民困有人帮: 'hard times: somebody who helps',
  民忧有人解: 'something that weighs on you: somebody to settle it',
  代办: 'Proxy service',
  全程代办: 'Proxy service',
  '您交一次，我们跑全程': 'Hand in once; we run the errand to the end',
  请写下您的事: 'What it is about',
  请写下要代办的事: 'What should be done for you',
  一两句话说清楚就行: 'A sentence or two is enough',
  标题: 'Heading',
  在什么地方: 'Where',
  地点: 'Where',
  照片: 'Photos',
  联系电话: 'Phone',
  '只给承办人看，办完就看不到了': 'Shown only to whoever handles it, and not after it is done',
  服务目录里的事项: 'Service from the catalogue',
  '我委托代办员办这一件事，可以随时撤回': 'I ask the agent to do this one errand; I may take it back at any time',
  类别: 'Kind',
  归类: 'Being sorted',
  受理: 'Being taken in',
  接收: 'Being taken in',
  办理: 'Being handled',
  确认: 'Your confirmation',
  登记: 'Received',
  提出: 'Told',
  大小: 'Size',
  琐事: 'trivial',
  小事: 'small',
  大事: 'large',
  办理情况: 'Progress',
  反映某个人: 'About a person',
  不经过被反映的人: 'It never passes through the person it is about',
  反映的是谁: 'Whom it is about',
  群众下单: 'Order a helping hand',
  代办事项: 'Proxy service',
  要帮什么忙: 'What help is needed',
  受理并指定承办人: 'Taken in, a handler named',
  记录办理情况: 'Progress noted',
  向群众反馈: 'Told to the resident',
  反馈内容: 'What was said',
  请群众说明情况: 'A question to you',
  想问的问题: 'The question',
  一次性告知缺什么材料: 'List of missing papers',
  缺的材料: 'Missing papers',
  群众答复或者补正: 'Answer the question',
  答复: 'Answer',
  补来的材料: 'Papers brought',
  报告办结: 'Reported as done',
  办成了吗: 'Was it done?',
  已经解决: 'solved',
  已列入计划并写明时间: 'planned, with a date',
  '办不了，已说明理由': 'cannot be done; reasons given',
  办理结果: 'Result',
  确认解决了: 'It is solved',
  确认办好了: 'It is done',
  想补充的话: 'Anything to add',
  没有解决: 'It is not solved',
  没有办好: 'It is not done',
  哪里没有解决: 'What is not solved',
  请上一级办理: 'Ask the next level',
  直接请县里办理: 'Ask the county directly',
  撤回: 'Withdraw it',
  为什么撤回: 'Why',
  评价: 'Rate it',
  '满意程度（五级，五最满意）': 'How satisfied are you?',
  想说的话: 'Anything to say',
  归类时限: 'To be sorted by',
  受理时限: 'To be taken in by',
  本级办理时限: 'To be handled here by',
  全程时限: 'The whole to be done by',
  请群众确认的期限: 'Your confirmation by',
  等待群众说明情况: 'waiting for your answer',
  等待群众补正材料: 'waiting for your papers',
};

const termOf = (text: string): string => english[text] ?? text;
const maybe = (text: string | null): string | null => (text === null ? null : termOf(text));

const field = (view: FieldView): FieldView => ({
  ...view,
  title: termOf(view.title),
  help: maybe(view.help),
  choices: view.choices.map((choice) => ({ ...choice, title: termOf(choice.title) })),
});

const nextAct = (act: NextActView): NextActView => ({
  ...act,
  title: termOf(act.title),
  fields: act.fields.map(field),
});

/** A request form in the reader's words, as far as they are known. */
export const formInWords = (form: RequestForm, language: Language): RequestForm =>
  language === 'zh-CN'
    ? form
    : {
        ...form,
        kinds: form.kinds.map((kind) => ({
          ...kind,
          // Both: neighbours and officials say the Chinese word.
          title: kind.title in english ? `${termOf(kind.title)} ${kind.title}` : kind.title,
          promise: maybe(kind.promise),
          fields: kind.fields.map(field),
        })),
      };

/** A tracked matter in the reader's words, as far as they are known; what people wrote stays as they wrote it. */
export const trackingInWords = (tracking: Tracking, language: Language): Tracking =>
  language === 'zh-CN'
    ? tracking
    : {
        ...tracking,
        kindTitle: maybe(tracking.kindTitle),
        stageTitle: maybe(tracking.stageTitle),
        resultTitle: maybe(tracking.resultTitle),
        acts: tracking.acts.map((act) => ({
          ...act,
          title: termOf(act.title),
          stageTitle: maybe(act.stageTitle),
          fields: act.fields.map((each) => ({ ...each, title: termOf(each.title), text: termOf(each.text) })),
        })),
        clocks: tracking.clocks.map((clock) => ({
          ...clock,
          title: termOf(clock.title),
          pausedCause: maybe(clock.pausedCause),
        })),
        nextActs: tracking.nextActs.map(nextAct),
      };
