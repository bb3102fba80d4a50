import type { checkGridMapRoute, Datum } from '@lianxin/contract';
import { addressOf } from '@lianxin/contract/client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import type { Area, Drawing } from './map-canvas.js';
import { useHouseholdWords } from './words.js';

interface Read {
  readonly geometry: { readonly type: string; readonly coordinates: unknown };
  readonly properties: Readonly<Record<string, unknown>> | null;
}

/** Drawing programs write codes and names as text or as numbers. */
const labelOf = ({ properties }: Read, key: string): string | undefined => {
  const value = properties?.[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
};

/** Shapes of a GeoJSON file: the feature of kind `boundary`, and every other polygon as a grid. */
const read = (text: string): Drawing => {
  const { features } = JSON.parse(text) as { features: Read[] };
  const shapeOf = ({ geometry }: Read): Area =>
    geometry.type === 'Polygon' ? [geometry.coordinates as Area[number]] : (geometry.coordinates as Area);
  const areas = features.filter((feature) => ['Polygon', 'MultiPolygon'].includes(feature.geometry.type));
  const boundary = areas.find((feature) => feature.properties?.['kind'] === 'boundary');
  return {
    boundary: boundary === undefined ? [] : shapeOf(boundary),
    grids: areas
      .filter((feature) => feature !== boundary)
      .map((feature, at) => {
        const code = labelOf(feature, 'code') ?? String(at + 1).padStart(3, '0');
        return { code, name: labelOf(feature, 'name') ?? code, shape: shapeOf(feature) };
      }),
  };
};

/** Files in and out (GeoJSON), the datum stated; and a picture to draw over, which stays on this machine. */
export function Exchange({
  division,
  may,
  take,
  lay,
}: {
  readonly division: string;
  readonly may: boolean;
  readonly take: (drawing: Drawing) => void;
  readonly lay: (url: string) => void;
}) {
  const words = useHouseholdWords();
  const [datum, setDatum] = useState<Datum>('wgs-84');
  const load = useMutation({
    mutationFn: async (file: File) => {
      const drawing = read(await file.text());
      // The server converts, so that there is one conversion.
      return call<typeof checkGridMapRoute>('post', '/api/villages/{division}/grid-map/check', {
        params: { division },
        json: { datum, boundary: drawing.boundary as never, grids: drawing.grids as never },
      });
    },
    onSuccess: ({ boundary, grids }) => take({ boundary, grids }),
  });
  const where = '/api/villages/{division}/grid-map.geojson';
  return (
    <section className="panel no-print" aria-label={words.export}>
      <Faults error={load.error} />
      <p className="row left">
        <a className="button" href={addressOf(where, { division })} download>
          {words.export} WGS-84
        </a>
        <a className="button" href={addressOf(where, { division }, { datum: 'gcj-02' })} download>
          {words.export} GCJ-02
        </a>
      </p>
      {may ? (
        <>
          <div className="field">
            <label htmlFor="grid-datum">{words.datum}</label>
            <select id="grid-datum" value={datum} onChange={(event) => setDatum(event.target.value as Datum)}>
              {(['wgs-84', 'gcj-02'] as const).map((one) => (
                <option key={one} value={one}>
                  {words.datums[one]}
                </option>
              ))}
            </select>
          </div>
          <div className="field">
            <label htmlFor="grid-file">{words.import}</label>
            <input
              id="grid-file"
              type="file"
              accept=".geojson,.json"
              onChange={(event) => {
                const file = event.target.files?.[0];
                if (file !== undefined) load.mutate(file);
              }}
            />
          </div>
          <div className="field">
            <label htmlFor="grid-picture">{words.picture}</label>
            <input
              id="grid-picture"
              type="file"
              accept="image/*"
              onChange={(event) => {
                const file = event.target.files?.[0];
                if (file !== undefined) lay(URL.createObjectURL(file));
              }}
            />
          </div>
        </>
      ) : null}
    </section>
  );
}
