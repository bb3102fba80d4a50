import type { DivisionRow } from '@lianxin/contract';
import { useLanguage } from '../../app/language.js';
import { usePlaces } from './villages.js';

const townshipOf = (code: string): string => code.slice(0, 9);

function Choices({ places }: { readonly places: readonly DivisionRow[] }) {
  return places.map(({ code, name }) => (
    <option key={code} value={code}>
      {name}
    </option>
  ));
}

/**
 * Narrows a page to a township or a village of the office's own range (地方); empty is the whole range.
 *
 * Each township stands above its villages and can be chosen itself: a county has hundreds of villages, some of the same name.
 */
export function PlaceFilter({
  label,
  value,
  change,
}: {
  readonly label: string;
  readonly value: string;
  readonly change: (code: string) => void;
}) {
  const { words } = useLanguage();
  const [, ...below] = usePlaces();
  const townships = below.filter((each) => each.level === 'township');
  const villages = below.filter((each) => each.level === 'village');
  return (
    <label className="filter">
      {label}
      <select value={value} onChange={(event) => change(event.target.value)}>
        <option value="">{words.wholePlace}</option>
        {townships.map((township) => (
          <optgroup key={township.code} label={township.name}>
            <Choices
              places={[township, ...villages.filter((each) => townshipOf(each.code) === townshipOf(township.code))]}
            />
          </optgroup>
        ))}
        {townships.length === 0 ? <Choices places={villages} /> : null}
      </select>
    </label>
  );
}
