import type { GridMapView } from '@lianxin/contract';
import { Button, Input } from 'antd';
import type { Drawing } from './map-canvas.js';
import { useHouseholdWords } from './words.js';

/** The grids as a list beside the map: everything the map shows, for keyboard and reader. */
export function GridList({
  drawing,
  view,
  loads,
  chosen,
  choose,
  rename,
  remove,
  may,
}: {
  readonly drawing: Drawing;
  readonly view: GridMapView;
  readonly loads: GridMapView['loads'];
  readonly chosen: string;
  readonly choose: (code: string) => void;
  readonly rename: (code: string, name: string) => void;
  readonly remove: (code: string) => void;
  readonly may: boolean;
}) {
  const words = useHouseholdWords();
  return (
    <section aria-labelledby="grid-list">
      <h2 id="grid-list">{words.grids}</h2>
      <ul className="plain grid-list">
        {drawing.grids.map(({ code, name }) => {
          const load = loads.find((one) => one.code === code);
          const kept = view.map?.grids.find((grid) => grid.code === code);
          return (
            <li key={code} data-grid={code}>
              <button
                type="button"
                className="link"
                aria-pressed={chosen === code}
                onClick={() => choose(chosen === code ? '' : code)}
              >
                {code} {name}
              </button>
              <p className="quiet">
                {kept === undefined ? '' : `${words.area(kept.squareMetres)} · `}
                {load === undefined ? '' : words.load(load.households, load.percent)} · {kept?.worker ?? words.noWorker}
              </p>
              {load?.tooMany === true ? <p className="record-off">{words.heavy(view.unevenLoad)}</p> : null}
              {may && chosen === code ? (
                <p className="row left">
                  <label>
                    {words.name}{' '}
                    <Input value={name} maxLength={80} onChange={(event) => rename(code, event.target.value)} />
                  </label>
                  <Button onClick={() => remove(code)}>
                    {words.remove}
                    <span className="unseen"> {name}</span>
                  </Button>
                </p>
              ) : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
