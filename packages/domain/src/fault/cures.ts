import type { Locale } from './fault.js';

/**
 * Cures that several faults share, by code: a fault names one when its own sentence is too general for the case.
 * Placeholders are filled from the fault's params.
 */
export const CURES: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  'adjourn-and-reconvene': {
    'zh-CN': '本次会议不作表决，另行通知后重新召开。',
    en: 'Take no vote at this meeting; give notice and convene again.',
  },
  'vote-in-the-meeting': {
    'zh-CN': '请召集会议，开会当天固定名册，在会议页表决；结果会自动记到这里。',
    en: 'Call the meeting, freeze its roll on the day and vote there; the result is written here by itself.',
  },
  'hand-to-deputy': { 'zh-CN': '请由同一组织的其他成员办理。', en: 'Let another member of the same body act.' },
  'ask-the-county': { 'zh-CN': '请联系县级管理员。', en: 'Ask the county administrator.' },
  'ask-the-township': { 'zh-CN': '请联系乡镇经办人员。', en: 'Ask the township office.' },
  'do-first': { 'zh-CN': '请先办理“{first}”。', en: 'Do “{first}” first.' },
  'attach-evidence': { 'zh-CN': '补充材料后再提交。', en: 'Attach the evidence and submit again.' },
  'try-again-later': { 'zh-CN': '请稍后再试。', en: 'Try again later.' },
};
