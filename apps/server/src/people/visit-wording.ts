import { fault, type Fault } from '@lianxin/domain';

/**
 * Words that show a note has left needs and hazards and begun to describe a person's views, belief, relations or visitors.
 *
 * A list cannot catch everything; it stops the common slips at the moment of writing, where the form's own hint is easiest to miss
 * (`rights` of NQ-74 and DY-73).
 */
const strayWords = [
  '信教',
  '信仰',
  '宗教',
  '教徒',
  '上访',
  '信访户',
  '重点人',
  '思想动态',
  '政治倾向',
  '对政府不满',
  '言论',
  '来客',
  '来访人员',
  '交往',
  '男女关系',
  '亲戚关系',
];

/** Why a note may not be kept as written, or undefined; names the word, so that the writer sees what is meant. */
export const checkNote = (...notes: readonly (string | undefined)[]): Fault | undefined => {
  const word = strayWords.find((stray) => notes.some((note) => note?.includes(stray) === true));
  return word === undefined ? undefined : fault('note-not-a-need', { word });
};
