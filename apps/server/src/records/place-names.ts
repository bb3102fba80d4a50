import type { FieldValues, Register } from '@lianxin/domain';
import type { Tx } from '../storage/index.js';

/** Names of divisions by their code. */
export type PlaceNames = Readonly<Record<string, string>>;

const isCode = (value: unknown): value is string => typeof value === 'string' && /^[1-9]\d{11}/.test(value);

/** The names of the places that records name by code 地名: people read a name, tables keep the code. */
export const namesOfPlaces = async (
  tx: Tx,
  register: Register,
  records: readonly { readonly fields: FieldValues }[],
): Promise<PlaceNames> => {
  const fields = register.fields.filter((field) => field.type === 'place').map((field) => field.id);
  const codes = [...new Set(records.flatMap((record) => fields.map((id) => record.fields[id]).filter(isCode)))];
  if (codes.length === 0) return {};
  const rows = await tx.rows<{ code: string; name: string }>(
    `select code, name from lx.division where code = any ($1::text[])`,
    [codes],
  );
  return Object.fromEntries(rows.map(({ code, name }) => [code, name]));
};
