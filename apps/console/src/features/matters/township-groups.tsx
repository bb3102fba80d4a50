import type { DivisionRow } from '@lianxin/contract';

const townshipOf = (code: string): string => code.slice(0, 9);

function Choices({ places }: { readonly places: readonly DivisionRow[] }) {
  return places.map(({ code, name }) => (
    <option key={code} value={code}>
      {name}
    </option>
  ));
}

/**
 * Villages as the choices of a list, each below its township (按乡镇分组): a county has hundreds of villages, some of the same name. With `whole`
 * a township can be chosen itself. Villages of townships that are not among these stand as they are.
 */
export function TownshipGroups({
  townships,
  villages,
  whole = false,
}: {
  readonly townships: readonly DivisionRow[];
  readonly villages: readonly DivisionRow[];
  readonly whole?: boolean;
}) {
  const below = (township: DivisionRow): readonly DivisionRow[] =>
    villages.filter(({ code }) => townshipOf(code) === townshipOf(township.code));
  const known = new Set(townships.map(({ code }) => townshipOf(code)));
  const groups = townships.filter((township) => whole || below(township).length > 0);
  return (
    <>
      {groups.map((township) => (
        <optgroup key={township.code} label={township.name}>
          <Choices places={whole ? [township, ...below(township)] : below(township)} />
        </optgroup>
      ))}
      <Choices places={villages.filter(({ code }) => !known.has(townshipOf(code)))} />
    </>
  );
}
