import type { Drawing, DrawnEdge, DrawnNode } from './draw-procedure.js';

/** The picture is laid out for a phone held upright and scales to the width it is given. */
export const WIDTH = 360;
const SIDE = 40;
export const GAP = 12;
export const LINE = 17;
export const PADDING = 10;
const ROW_GAP = 44;

/** A box of the picture: a node with its place and its wrapped words. */
export interface Box {
  readonly node: DrawnNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly row: number;
  readonly lines: readonly string[];
}

/** A point of the picture. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Breaks a text into lines of so many characters; Chinese breaks anywhere. */
export function wrap(text: string, most: number): string[] {
  const characters = [...text];
  const lines: string[] = [];
  for (let start = 0; start < characters.length; start += most)
    lines.push(characters.slice(start, start + most).join(''));
  return lines;
}

/** Rows of at most two boxes, layer by layer, so that nothing is narrower than a thumb. */
export function layOut(drawing: Drawing): Box[] {
  const layers = [...new Set(drawing.nodes.map((node) => node.layer))].sort((a, b) => a - b);
  const boxes: Box[] = [];
  let y = GAP;
  let row = 0;
  for (const layer of layers) {
    const nodes = drawing.nodes.filter((node) => node.layer === layer);
    for (let start = 0; start < nodes.length; start += 2) {
      const pair = nodes.slice(start, start + 2);
      const width = (WIDTH - 2 * SIDE - GAP * (pair.length - 1)) / pair.length;
      const most = Math.floor((width - 2 * PADDING) / 13);
      const texts = pair.map((node) => [
        ...wrap(node.state === 'current' ? `▶ ${node.title}` : node.title, most),
        ...node.lines.flatMap((line) => wrap(line, most + 1)),
      ]);
      const height = Math.max(...texts.map((lines) => lines.length)) * LINE + 2 * PADDING;
      pair.forEach((node, index) => {
        boxes.push({ node, x: SIDE + index * (width + GAP), y, width, height, row, lines: texts[index] ?? [] });
      });
      y += height + ROW_GAP;
      row += 1;
    }
  }
  return boxes;
}

/** How a way runs: straight down to the next row, or along the side, left for the ways back and right for those that pass over a row. */
export interface DrawnRoute {
  readonly how: 'down' | 'left' | 'right';
  readonly points: readonly Point[];
}

/** The way of an edge between its boxes; lanes keep ways along one side apart. Undefined where an end has no box. */
export function routeOf(edge: DrawnEdge, boxes: readonly Box[], lane: number): DrawnRoute | undefined {
  const from = boxes.find((box) => box.node.id === edge.from);
  const to = boxes.find((box) => box.node.id === edge.to);
  if (from === undefined || to === undefined) return undefined;
  if (to.row === from.row + 1 && edge.kind !== 'back') {
    const start = { x: from.x + from.width / 2, y: from.y + from.height };
    const end = { x: to.x + to.width / 2, y: to.y - 3 };
    const bend = (start.y + end.y) / 2;
    return { how: 'down', points: [start, { x: start.x, y: bend }, { x: end.x, y: bend }, end] };
  }
  const back = to.y <= from.y;
  const side = back ? SIDE - 8 - (lane % 4) * 7 : WIDTH - SIDE + 8 + (lane % 4) * 7;
  const [x1, x2] = back ? [from.x, to.x - 3] : [from.x + from.width, to.x + to.width + 3];
  const shift = ((lane % 3) - 1) * 6;
  const [y1, y2] = [from.y + from.height / 2 + shift, to.y + to.height / 2 + shift];
  const points = [
    { x: x1, y: y1 },
    { x: side, y: y1 },
    { x: side, y: y2 },
    { x: x2, y: y2 },
  ];
  return { how: back ? 'left' : 'right', points };
}
