import { useLanguage } from '../../app/language.js';
import { TownshipGroups } from './township-groups.js';
import { usePlaces } from './villages.js';

/** Narrows a page to a township or a village of the office's own range (地方); empty is the whole range. */
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
  return (
    <label className="filter">
      {label}
      <select value={value} onChange={(event) => change(event.target.value)}>
        <option value="">{words.wholePlace}</option>
        <TownshipGroups
          townships={below.filter(({ level }) => level === 'township')}
          villages={below.filter(({ level }) => level === 'village')}
          whole
        />
      </select>
    </label>
  );
}
