import { Button, Input } from 'antd';
import { useState } from 'react';
import type { Drawing } from './map-canvas.js';
import { useHouseholdWords } from './words.js';

const textOf = (ring: readonly (readonly number[])[] | undefined): string =>
  (ring ?? [])
    .slice(0, -1)
    .map(([longitude, latitude]) => `${longitude} ${latitude}`)
    .join('\n');

/** The corners of the chosen grid, or of the boundary, as text: the map without a mouse 顶点坐标. */
export function Corners({
  drawing,
  chosen,
  change,
}: {
  readonly drawing: Drawing;
  readonly chosen: string;
  readonly change: (next: Drawing) => void;
}) {
  const words = useHouseholdWords();
  const shape = chosen === '' ? drawing.boundary : drawing.grids.find((grid) => grid.code === chosen)?.shape;
  const [text, setText] = useState(() => textOf(shape?.[0]?.[0]));
  const [wrong, setWrong] = useState(false);
  const use = () => {
    const points = text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map((line) => line.split(/[\s,，]+/).map(Number));
    const [first] = points;
    const sound = points.length >= 3 && points.every((point) => point.length === 2 && point.every(Number.isFinite));
    setWrong(!sound);
    if (!sound || first === undefined) return;
    const next = [[[...points, first]]];
    change(
      chosen === ''
        ? { ...drawing, boundary: next }
        : { ...drawing, grids: drawing.grids.map((grid) => (grid.code === chosen ? { ...grid, shape: next } : grid)) },
    );
  };
  return (
    <details className="panel no-print">
      <summary>{words.corners}</summary>
      <div className="field">
        <label htmlFor="grid-corners">{words.cornersHint}</label>
        <Input.TextArea id="grid-corners" rows={6} value={text} onChange={(event) => setText(event.target.value)} />
      </div>
      {wrong ? (
        <p role="alert" className="refusal">
          {words.cornersWrong}
        </p>
      ) : null}
      <Button onClick={use}>{words.useCorners}</Button>
    </details>
  );
}
