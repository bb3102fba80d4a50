import type { FC } from 'hono/jsx';
import { planeAround, type PublicCharts, type Shape } from '../../households/index.js';
import { EmptyState } from '../components/empty-state/empty-state.js';
import { SectionCard } from '../components/section-card/section-card.js';
import type { PageSetting } from '../setting.js';
import type { VillageView } from '../village.view.js';
import { showDay } from '../words/days.js';
import { gridWords } from '../words/grid-words.js';
import { Frame } from './frame.js';
import { trailOf } from './village.js';

type Map = NonNullable<PublicCharts['map']>;

const fills = ['#dcefe9', '#f8e8bf', '#dcebd6', '#f1dfd0', '#e2e4ea', '#efe0ee'];
const size = 600;

/** A village drawn north up into a square of 600, by metres: what is near on the page is near in the village. */
const plan = (map: Map) => {
  const first = map.boundary[0]?.[0]?.[0] ?? [0, 0];
  const plane = planeAround(first);
  const corners = map.boundary.flat(2).map(plane.toMetres);
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const [left, top] = [Math.min(...xs), Math.max(...ys)];
  const wide = Math.max(Math.max(...xs) - left, top - Math.min(...ys), 1);
  const at = (position: readonly [number, number]): readonly [number, number] => {
    const [x, y] = plane.toMetres(position);
    return [Math.round(((x - left) * size) / wide), Math.round(((top - y) * size) / wide)];
  };
  const pathOf = (shape: Shape): string =>
    shape
      .flat()
      .map((ring) => `M${ring.map((position) => at(position).join(' ')).join('L')}Z`)
      .join('');
  const middleOf = (shape: Shape): readonly [number, number] => {
    const points = (shape[0]?.[0] ?? []).slice(1).map(at);
    const sum = points.reduce<readonly [number, number]>(([x, y], point) => [x + point[0], y + point[1]], [0, 0]);
    return [Math.round(sum[0] / Math.max(1, points.length)), Math.round(sum[1] / Math.max(1, points.length))];
  };
  const high = Math.round(((top - Math.min(...ys)) * size) / wide);
  return { pathOf, middleOf, high: Math.max(high, 1) };
};

const GridPlan: FC<{ map: Map; label: string }> = ({ map, label }) => {
  const { pathOf, middleOf, high } = plan(map);
  return (
    <svg viewBox={`-6 -6 ${size + 12} ${high + 12}`} width="100%" role="img" aria-label={label}>
      {map.grids.map((grid, at) => (
        <path d={pathOf(grid.shape)} fill={fills[at % fills.length]} stroke="#0b5d54" stroke-width="2" />
      ))}
      <path d={pathOf(map.boundary)} fill="none" stroke="#1c2a2d" stroke-width="4" stroke-dasharray="12 7" />
      {map.grids.map((grid) => {
        const [x, y] = middleOf(grid.shape);
        return (
          <text x={x} y={y} text-anchor="middle" font-size="22" font-weight="600" fill="#1c2a2d">
            {grid.code}
          </text>
        );
      })}
    </svg>
  );
};

/** `/v/{code}/grids`: the posted grid map with its contacts, and the service flow chart; no household is on it [DY-60]. */
export const GridMapPage: FC<{
  setting: PageSetting;
  village: Pick<VillageView, 'code' | 'name' | 'path'>;
  charts: PublicCharts;
}> = ({ setting, village, charts }) => {
  const words = gridWords[setting.language];
  const { map, flow } = charts;
  const day = (date: string) => showDay(date, setting.language).text;
  return (
    <Frame
      setting={setting}
      title={words.title(village.name)}
      trail={[...trailOf(setting, village.path), { href: `/v/${village.code}`, label: village.name }]}
    >
      <h1>{words.title(village.name)}</h1>
      <SectionCard id="grid-map" title={words.map} note={map ? words.posted(map.number, day(map.postedOn)) : undefined}>
        {map ? (
          <>
            {map.madeUp ? <p class="muted">{words.madeUp}</p> : null}
            <GridPlan map={map} label={words.label(map.grids.length)} />
            <ul class="contact-list">
              {map.grids.map((grid) => (
                <li>
                  <strong>{`${grid.code} ${grid.name}`}</strong>{' '}
                  <span class="muted">{`${words.area(grid.squareMetres)} · ${grid.worker ?? words.nobody}`}</span>
                  {grid.phone ? <a href={`tel:${grid.phone}`}>{grid.phone}</a> : null}
                </li>
              ))}
            </ul>
          </>
        ) : (
          <EmptyState text={words.none} />
        )}
      </SectionCard>
      <SectionCard
        id="service-flow"
        title={words.flow}
        note={flow ? words.posted(flow.number, day(flow.postedOn)) : undefined}
      >
        {flow ? (
          <ol>
            {flow.steps.map((step) => (
              <li>{step}</li>
            ))}
          </ol>
        ) : (
          <EmptyState text={words.noFlow} />
        )}
      </SectionCard>
      <button class="button button-primary screen-only" type="button" data-print hidden>
        {setting.words.print}
      </button>
    </Frame>
  );
};
