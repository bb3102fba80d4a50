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

/** A cell of a masked column: numbers by their masks, anything else as a person's name. */
export const maskCell = (text: string): string => {
  const [found] = findPersonalData(text);
  if (found?.kind === 'phone') return maskPhone(text);
  if (found?.kind === 'identity-number') return maskIdentityNumber(text);
  return found === undefined ? maskName(text) : '*'.repeat(6);
};
