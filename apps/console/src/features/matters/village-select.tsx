import type { DivisionRow } from '@lianxin/contract';
import { useLanguage } from '../../app/language.js';
import { TownshipGroups } from './township-groups.js';
import { usePlaces } from './villages.js';

/** Picks one village (社区) below its township, from the system's own list, which every phone and screen reader knows and searches by typing. */
export function VillageSelect({
  id,
  label,
  villages,
  value,
  change,
}: {
  readonly id: string;
  readonly label: string;
  readonly villages: readonly DivisionRow[];
  readonly value: string;
  readonly change: (code: string) => void;
}) {
  const { words } = useLanguage();
  const townships = usePlaces().filter(({ level }) => level === 'township');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} required value={value} onChange={(event) => change(event.target.value)}>
        <option value="">{words.choose}</option>
        {/* One township alone needs no heading: it is where the office is. */}
        <TownshipGroups townships={townships.length > 1 ? townships : []} villages={villages} />
      </select>
    </div>
  );
}
