import type {
  checkGridMapRoute,
  GridCheck,
  GridMapView,
  gridMapTasksRoute,
  readGridMapRoute,
  saveGridMapRoute,
} from '@lianxin/contract';
import { RefusedError } from '@lianxin/contract/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { call, newCommandId } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { Loading, PageHead, PrintButton } from '../../app/page-head.js';
import { homeOf, useMe } from '../../app/session.js';
import { countyToday } from '../../app/today.js';
import { VillageSelect } from '../matters/village-select.js';
import { useVillages } from '../matters/villages.js';
import { Corners } from './corners.js';
import { Exchange } from './exchange.js';
import { GridList } from './grid-list.js';
import { MapCanvas, type Area, type CanvasEvents, type Drawing } from './map-canvas.js';
import { Postings } from './postings.js';
import { useDrawing } from './use-drawing.js';
import { useHouseholdWords } from './words.js';
import './households.css';

const nextCode = (drawing: Drawing): string => {
  const taken = new Set(drawing.grids.map((grid) => grid.code));
  let number = 1;
  while (taken.has(String(number).padStart(3, '0'))) number += 1;
  return String(number).padStart(3, '0');
};

/** The editor of one village: the map, the list beside it, what is wrong, and saving. */
function Editor({ view, may }: { readonly view: GridMapView; readonly may: boolean }) {
  const words = useHouseholdWords();
  const client = useQueryClient();
  const { division } = view;
  const start = useMemo<Drawing>(
    () => ({
      boundary: view.map?.boundary ?? [],
      grids: view.map?.grids.map(({ code, name, shape }) => ({ code, name, shape })) ?? [],
    }),
    [view],
  );
  const { drawing, change, undo, canUndo, forget } = useDrawing(`grid-map.${division}.${view.map?.number ?? 0}`, start);
  const [chosen, choose] = useState('');
  const [drawingOf, setDrawingOf] = useState<'grid' | 'boundary' | null>(null);
  const [flow, setFlow] = useState((view.map?.flow ?? []).join('\n'));
  const [validFrom, setValidFrom] = useState(countyToday());
  const [checked, setChecked] = useState<GridCheck>();
  const target = useRef<HTMLDivElement>(null);
  const canvas = useRef<MapCanvas>(undefined);
  const set = useCallback(
    (next: Drawing) => {
      setChecked(undefined);
      change(next);
    },
    [change],
  );
  const drawn = useCallback(
    (what: 'grid' | 'boundary', shape: Area) => {
      setDrawingOf(null);
      const code = nextCode(drawing);
      if (what === 'grid') choose(code);
      set(
        what === 'boundary'
          ? { ...drawing, boundary: shape }
          : { ...drawing, grids: [...drawing.grids, { code, name: `第${Number(code)}网格`, shape }] },
      );
    },
    [drawing, set],
  );
  // The map is made once; what it tells is heard by the page as it is now.
  const heard = useRef<CanvasEvents>({ drawn, changed: set, chosen: choose });
  useEffect(() => {
    heard.current = { drawn, changed: set, chosen: choose };
  }, [drawn, set]);
  useEffect(() => {
    if (target.current === null) return undefined;
    const made = new MapCanvas(
      target.current,
      {
        drawn: (what, shape) => heard.current.drawn(what, shape),
        changed: (next) => heard.current.changed(next),
        chosen: (code) => heard.current.chosen(code),
      },
      may,
    );
    canvas.current = made;
    return () => made.close();
  }, [may]);
  useEffect(() => {
    const cancel = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      canvas.current?.stopDrawing();
      setDrawingOf(null);
    };
    globalThis.addEventListener('keydown', cancel);
    return () => globalThis.removeEventListener('keydown', cancel);
  }, []);
  useEffect(() => canvas.current?.show(drawing), [drawing]);
  useEffect(() => canvas.current?.showDoors(view.points.map((point) => point.position)), [view.points]);
  useEffect(() => canvas.current?.showPieces(checked?.pieces ?? []), [checked]);
  useEffect(() => canvas.current?.choose(chosen), [chosen]);

  const check = useMutation({
    mutationFn: (given: Drawing) =>
      call<typeof checkGridMapRoute>('post', '/api/villages/{division}/grid-map/check', {
        params: { division },
        json: { datum: 'wgs-84', boundary: given.boundary as never, grids: given.grids as never },
      }),
    onSuccess: setChecked,
  });
  const [commandId, setCommandId] = useState(newCommandId);
  const save = useMutation({
    mutationFn: () =>
      call<typeof saveGridMapRoute>('post', '/api/villages/{division}/grid-map', {
        params: { division },
        json: {
          datum: 'wgs-84',
          boundary: drawing.boundary as never,
          grids: drawing.grids as never,
          base: view.versions[0]?.number ?? 0,
          flow: flow
            .split('\n')
            .map((line) => line.trim())
            .filter((line) => line !== ''),
          validFrom,
        },
        commandId,
      }),
    onSuccess: async () => {
      forget();
      setCommandId(newCommandId());
      await client.invalidateQueries({ queryKey: ['grid-map'] });
    },
    onError: (error) => {
      // An answer ends the command; without one, saving again must be the same command.
      if (error instanceof RefusedError && error.status !== 0) setCommandId(newCommandId());
      // What the rule found wrong is also shown on the map.
      if (error instanceof RefusedError && error.status === 422) check.mutate(drawing);
    },
  });
  const startDrawing = (what: 'grid' | 'boundary') => {
    setDrawingOf(what);
    canvas.current?.draw(what);
  };
  const loads = checked?.loads ?? view.loads;
  return (
    <>
      {view.map === null ? (
        <p>{words.noMap}</p>
      ) : (
        <p className="quiet">
          {words.version(view.map.number, view.map.validFrom)}
          {view.map.madeUp ? ` · ${words.madeUp}` : ''}
          {view.unlocated > 0 ? ` · ${words.unlocated(view.unlocated)}` : ''}
        </p>
      )}
      <div className="grid-editor">
        <div>
          {may ? (
            <p className="row left no-print">
              <Button onClick={() => startDrawing('grid')} disabled={drawing.boundary.length === 0}>
                {words.draw}
              </Button>
              <Button onClick={() => startDrawing('boundary')}>{words.drawBoundary}</Button>
              <Button
                onClick={() => {
                  setChecked(undefined);
                  undo();
                }}
                disabled={!canUndo}
              >
                {words.undo}
              </Button>
              <Button onClick={() => check.mutate(drawing)} loading={check.isPending}>
                {words.check}
              </Button>
            </p>
          ) : null}
          <p className="quiet no-print" role="status">
            {drawingOf === null ? (may ? words.modify : '') : words.drawing}
          </p>
          <div ref={target} className="map" role="application" aria-label={words.canvas} />
        </div>
        <div>
          <GridList
            drawing={drawing}
            view={view}
            loads={loads}
            chosen={chosen}
            choose={choose}
            rename={(code, name) =>
              set({ ...drawing, grids: drawing.grids.map((grid) => (grid.code === code ? { ...grid, name } : grid)) })
            }
            remove={(code) => set({ ...drawing, grids: drawing.grids.filter((grid) => grid.code !== code) })}
            may={may}
          />
          {may ? (
            <Corners
              key={`${chosen} ${JSON.stringify(drawing.grids.find((grid) => grid.code === chosen)?.shape)}`}
              drawing={drawing}
              chosen={chosen}
              change={set}
            />
          ) : null}
        </div>
      </div>
      {may ? (
        <section className="panel no-print" aria-labelledby="grid-check">
          <h2 id="grid-check">{words.check}</h2>
          <Faults error={check.error ?? save.error} />
          {checked === undefined ? (
            <p className="quiet">
              {words.notChecked} {words.tolerance(view.tolerance)}
            </p>
          ) : null}
          {checked?.sound === true ? (
            <p role="status" className="told">
              {words.sound}
            </p>
          ) : null}
          <ul className="plain pieces">
            {checked?.pieces.map((piece, at) => (
              <li key={`${piece.kind} ${at}`} className={piece.kind}>
                <span>
                  {words.piece(words.pieces[piece.kind], piece.squareMetres)}
                  <span className="quiet">
                    {' '}
                    {piece.grids
                      .map((code) => drawing.grids.find((grid) => grid.code === code)?.name ?? code)
                      .join('、')}
                  </span>
                </span>
                {piece.cure === null ? null : (
                  <Button
                    onClick={() => {
                      const cure = piece.cure;
                      if (cure === null) return;
                      const next = {
                        ...drawing,
                        grids: drawing.grids.map((grid) =>
                          grid.code === cure.code ? { ...grid, shape: cure.shape } : grid,
                        ),
                      };
                      set(next);
                      check.mutate(next);
                    }}
                  >
                    {words.cure[piece.kind]}
                  </Button>
                )}
              </li>
            ))}
            {checked?.faults
              .filter((fault) => fault.code === 'household-outside-grids')
              .map((fault) => (
                <li key={fault.code}>
                  {fault.what} {fault.cure}
                </li>
              ))}
          </ul>
          <div className="field">
            <label htmlFor="grid-flow">
              {words.flow} <span className="quiet">{words.flowHint}</span>
            </label>
            <Input.TextArea id="grid-flow" rows={4} value={flow} onChange={(event) => setFlow(event.target.value)} />
          </div>
          <div className="field">
            <label htmlFor="grid-from">{words.from}</label>
            <input
              id="grid-from"
              type="date"
              value={validFrom}
              onChange={(event) => setValidFrom(event.target.value)}
            />
          </div>
          {save.isSuccess ? (
            <p role="status" className="told">
              {words.saved(save.data.number)}
            </p>
          ) : null}
          <p>
            <Button type="primary" onClick={() => save.mutate()} loading={save.isPending}>
              {words.save}
            </Button>
          </p>
        </section>
      ) : null}
      <Postings view={view} may={may} />
      <Exchange division={division} may={may} take={(next) => set(next)} lay={(url) => canvas.current?.lay(url)} />
    </>
  );
}

/** Villages whose charts are still to be posted: what a township sees at a glance. */
function Tasks({ within }: { readonly within: string }) {
  const words = useHouseholdWords();
  const tasks = useQuery({
    queryKey: ['grid-map', 'tasks', within],
    queryFn: () => call<typeof gridMapTasksRoute>('get', '/api/grid-map-tasks', { query: { division: within } }),
    enabled: within !== '',
  });
  const list = tasks.data?.tasks ?? [];
  if (list.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="grid-tasks">
      <h2 id="grid-tasks">{words.tasksTitle}</h2>
      <ul className="plain">
        {list.map((task) => (
          <li key={task.map}>{words.task(task.divisionName, task.number, task.toPost.length)}</li>
        ))}
      </ul>
    </section>
  );
}

/** The grid map of a village (网格地图): drawn, checked, saved as a version, posted. */
export function GridMapPage() {
  const words = useHouseholdWords();
  const me = useMe();
  const navigate = useNavigate({ from: '/grids' });
  const { division: asked } = useSearch({ from: '/grids' });
  const villages = useVillages(homeOf(me.data));
  const division = asked ?? (villages.length === 1 ? (villages[0]?.code ?? '') : '');
  const view = useQuery({
    queryKey: ['grid-map', division],
    queryFn: () => call<typeof readGridMapRoute>('get', '/api/villages/{division}/grid-map', { params: { division } }),
    enabled: division !== '',
    refetchOnWindowFocus: false,
  });
  const may = me.data?.capabilities.includes('keep-places') === true;
  return (
    <>
      <PageHead title={words.mapTitle} actions={<PrintButton />}>
        <p className="quiet no-print">{words.mapLead}</p>
      </PageHead>
      <VillageSelect
        id="grids-village"
        label={words.village}
        villages={villages}
        value={division}
        change={(code) => void navigate({ search: code === '' ? {} : { division: code }, replace: true })}
      />
      {division === '' ? <Tasks within={homeOf(me.data)} /> : null}
      <Faults error={view.error} />
      {view.isLoading ? <Loading /> : null}
      {view.data === undefined ? null : (
        <Editor key={`${division} ${view.data.map?.number ?? 0} ${may}`} view={view.data} may={may} />
      )}
    </>
  );
}
