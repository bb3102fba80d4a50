import { useLanguage } from '../../app/language.js';
import type { DivisionRow } from '@lianxin/contract';

/** Picks one village (社区) by name from the system's own list, which every phone and screen reader knows. */
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
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} required value={value} onChange={(event) => change(event.target.value)}>
        <option value="">{words.choose}</option>
        {villages.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
