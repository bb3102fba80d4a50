import { fault, type Fault } from '../fault/index.js';
import { findPersonalData, maskIdentityNumber, maskName, maskPhone, type PersonalDataKind } from '../identity/index.js';

const kindNames: Readonly<Record<PersonalDataKind, string>> = {
  'identity-number': '公民身份号码',
  phone: '手机号码',
  'bank-card': '银行卡号',
  address: '住址',
  name: '名册上的姓名',
};

/**
 * Why a text may not be shown to everyone: one `personal-data-found` for each place, with the field and the character it stands at (D6).
 * `fields` gives each text under the name its author knows it by; the data itself never stands in a fault.
 */
export const faultsOfText = (
  fields: Readonly<Record<string, string>>,
  names: readonly string[] = [],
): readonly Fault[] =>
  Object.entries(fields).flatMap(([field, text]) =>
    findPersonalData(text, names).map(({ kind, at }) =>
      fault('personal-data-found', { field, at, what: kindNames[kind] }, { source: ['LAW-PI-25'] }),
    ),
  );

/** Endings by which a name of two to four characters is known as that of a firm or an office. */
const organisation = /(?:公司|合作社|商店|学校|医院|中心|[店厂站所局办会队社院校部])$/u;

const isPerson = (text: string): boolean =>
  /^\p{Script=Han}{2,4}$/u.test(text.trim()) && !organisation.test(text.trim());

/**
 * A cell of a masked column: numbers by their masks, the name of a person by the family name; a firm or an office stays readable,
 * because whom the village pays is what people want to know.
 */
export const maskCell = (text: string): string => {
  const [found] = findPersonalData(text);
  if (found?.kind === 'phone') return maskPhone(text);
  if (found?.kind === 'identity-number') return maskIdentityNumber(text);
  if (found !== undefined) return '*'.repeat(6);
  return isPerson(text) ? maskName(text) : text;
};
