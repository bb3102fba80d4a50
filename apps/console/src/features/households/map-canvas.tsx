import Feature from 'ol/Feature.js';
import OlMap from 'ol/Map.js';
import View from 'ol/View.js';
import ScaleLine from 'ol/control/ScaleLine.js';
import { defaults as defaultControls } from 'ol/control/defaults.js';
import type { Coordinate } from 'ol/coordinate.js';
import { createEmpty, extend, isEmpty } from 'ol/extent.js';
import MultiPolygon from 'ol/geom/MultiPolygon.js';
import Point from 'ol/geom/Point.js';
import Polygon from 'ol/geom/Polygon.js';
import { defaults as defaultInteractions } from 'ol/interaction/defaults.js';
import Draw from 'ol/interaction/Draw.js';
import Modify from 'ol/interaction/Modify.js';
import Snap from 'ol/interaction/Snap.js';
import ImageLayer from 'ol/layer/Image.js';
import VectorLayer from 'ol/layer/Vector.js';
import { fromLonLat, toLonLat } from 'ol/proj.js';
import ImageStatic from 'ol/source/ImageStatic.js';
import VectorSource from 'ol/source/Vector.js';
import Circle from 'ol/style/Circle.js';
import Fill from 'ol/style/Fill.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';
import Text from 'ol/style/Text.js';
import 'ol/ol.css';

/** MultiPolygon coordinates, WGS-84. */
export type Area = number[][][][];
export interface DrawnGrid {
  readonly code: string;
  readonly name: string;
  readonly shape: Area;
}
export interface Drawing {
  readonly boundary: Area;
  readonly grids: readonly DrawnGrid[];
}
interface Piece {
  readonly kind: 'overlap' | 'gap' | 'outside';
  readonly shape: Area;
}

/** What the map tells the page: a shape was drawn, or shapes were changed by dragging. */
export interface CanvasEvents {
  readonly drawn: (what: 'grid' | 'boundary', shape: Area) => void;
  readonly changed: (drawing: Drawing) => void;
  readonly chosen: (code: string) => void;
}

const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;
const flat = (shape: Area): Coordinate[][][] =>
  shape.map((polygon) => polygon.map((ring) => ring.map((position) => fromLonLat(position))));
const back = (coordinates: Coordinate[][][]): Area =>
  coordinates.map((polygon) => polygon.map((ring) => ring.map((point) => toLonLat(point).map(round))));

const fills = ['#0b5d5433', '#e3b04b44', '#1d642b33', '#6f440033', '#4d5c5c33', '#0a3f3b33'];
const pieceColour = { overlap: '#a5331abb', gap: '#c98a00aa', outside: '#5b2a86aa' } as const;

/**
 * The map itself 画布: OpenLayers on an empty ground, no tile and no request to anybody. Everything on it also stands in the list beside it,
 * so that nothing can only be reached with a mouse.
 */
export class MapCanvas {
  readonly #map: OlMap;
  readonly #areas = new VectorSource<Feature>();
  readonly #boundary = new VectorSource<Feature>();
  readonly #pieces = new VectorSource<Feature>();
  readonly #doors = new VectorSource<Feature>();
  readonly #events: CanvasEvents;
  #draw: Draw | undefined;
  #picture: ImageLayer<ImageStatic> | undefined;
  #chosen = '';

  constructor(target: HTMLElement, events: CanvasEvents, editable: boolean) {
    this.#events = events;
    // With the focus on the map, its own keys move and zoom it.
    target.tabIndex = 0;
    this.#map = new OlMap({
      target,
      // A double click ends a drawing; it must not zoom as well.
      interactions: defaultInteractions({ doubleClickZoom: false }),
      controls: defaultControls({ rotate: false, attribution: false }).extend([new ScaleLine()]),
      layers: [
        new VectorLayer({
          source: this.#boundary,
          style: new Style({ stroke: new Stroke({ color: '#1c2a2d', width: 3, lineDash: [8, 5] }) }),
        }),
        new VectorLayer({ source: this.#areas, style: (feature) => this.#styleOf(feature as Feature) }),
        new VectorLayer({
          source: this.#doors,
          style: new Style({ image: new Circle({ radius: 3, fill: new Fill({ color: '#1c2a2d' }) }) }),
        }),
        new VectorLayer({
          source: this.#pieces,
          style: (feature) =>
            new Style({
              fill: new Fill({ color: pieceColour[feature.get('kind') as Piece['kind']] }),
              stroke: new Stroke({ color: '#a5331a', width: 2 }),
            }),
        }),
      ],
      view: new View({ center: fromLonLat([111.3, 26.4]), zoom: 14, maxZoom: 22 }),
    });
    if (!editable) return;
    for (const source of [this.#areas, this.#boundary]) {
      const modify = new Modify({ source, snapToPointer: true });
      modify.on('modifyend', () => this.#events.changed(this.read()));
      this.#map.addInteraction(modify);
    }
    for (const source of [this.#areas, this.#boundary])
      this.#map.addInteraction(new Snap({ source, pixelTolerance: 12 }));
    this.#map.on('singleclick', (event) => {
      if (this.#draw !== undefined) return;
      const found = this.#map.forEachFeatureAtPixel(
        event.pixel,
        (feature) => feature.get('code') as string | undefined,
      );
      if (found !== undefined) this.#events.chosen(found);
    });
  }

  #styleOf(feature: Feature): Style {
    const at = this.#areas.getFeatures().indexOf(feature);
    const code = feature.get('code') as string;
    return new Style({
      fill: new Fill({ color: fills[at % fills.length] ?? '#0b5d5433' }),
      stroke: new Stroke({ color: '#0b5d54', width: code === this.#chosen ? 4 : 2 }),
      text: new Text({
        text: feature.get('name') as string,
        font: '600 14px sans-serif',
        overflow: true,
        stroke: new Stroke({ color: '#fff', width: 3 }),
      }),
    });
  }

  show(drawing: Drawing): void {
    const before = this.#areas.getFeatures().length + this.#boundary.getFeatures().length;
    this.#areas.clear();
    this.#boundary.clear();
    if (drawing.boundary.length > 0) this.#boundary.addFeature(new Feature(new MultiPolygon(flat(drawing.boundary))));
    for (const { code, name, shape } of drawing.grids) {
      const feature = new Feature(new MultiPolygon(flat(shape)));
      feature.setProperties({ code, name });
      this.#areas.addFeature(feature);
    }
    if (before === 0) this.fit();
  }

  showPieces(pieces: readonly Piece[]): void {
    this.#pieces.clear();
    for (const { kind, shape } of pieces) {
      const feature = new Feature(new MultiPolygon(flat(shape)));
      feature.set('kind', kind);
      this.#pieces.addFeature(feature);
    }
  }

  showDoors(positions: readonly (readonly number[])[]): void {
    this.#doors.clear();
    this.#doors.addFeatures(positions.map((position) => new Feature(new Point(fromLonLat([...position])))));
  }

  choose(code: string): void {
    this.#chosen = code;
    this.#areas.changed();
  }

  fit(): void {
    const all = createEmpty();
    for (const source of [this.#areas, this.#boundary]) {
      const extent = source.getExtent();
      if (extent !== null) extend(all, extent);
    }
    this.#map.updateSize();
    if (!isEmpty(all)) this.#map.getView().fit(all, { padding: [24, 24, 24, 24], maxZoom: 19 });
  }

  /** Lays a picture of the village under the grids, over the boundary's extent; it is never sent anywhere. */
  lay(url: string): void {
    const extent = this.#boundary.getExtent();
    if (extent === null || isEmpty(extent)) return;
    if (this.#picture !== undefined) this.#map.removeLayer(this.#picture);
    this.#picture = new ImageLayer({ source: new ImageStatic({ url, imageExtent: extent }), opacity: 0.6, zIndex: -1 });
    this.#map.addLayer(this.#picture);
  }

  /** Starts drawing; the next finished polygon is told, then drawing ends. */
  draw(what: 'grid' | 'boundary'): void {
    this.stopDrawing();
    const draw = new Draw({ type: 'Polygon' });
    draw.on('drawend', (event) => {
      const shape = event.feature.getGeometry();
      this.stopDrawing();
      if (shape instanceof Polygon) this.#events.drawn(what, back([shape.getCoordinates()]));
    });
    this.#draw = draw;
    this.#map.addInteraction(draw);
    for (const source of [this.#areas, this.#boundary])
      this.#map.addInteraction(new Snap({ source, pixelTolerance: 12 }));
  }

  stopDrawing(): void {
    if (this.#draw !== undefined) this.#map.removeInteraction(this.#draw);
    this.#draw = undefined;
  }

  read(): Drawing {
    const areaOf = (feature: Feature | undefined): Area => {
      const shape = feature?.getGeometry();
      return shape instanceof MultiPolygon ? back(shape.getCoordinates()) : [];
    };
    return {
      boundary: areaOf(this.#boundary.getFeatures()[0]),
      grids: this.#areas.getFeatures().map((feature) => ({
        code: feature.get('code') as string,
        name: feature.get('name') as string,
        shape: areaOf(feature),
      })),
    };
  }

  close(): void {
    this.#map.setTarget(undefined);
    this.#map.dispose();
  }
}
