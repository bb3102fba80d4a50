import type { Drawing, DrawnEdge, DrawnNode } from './draw-procedure.js';

/** The picture is laid out for a phone held upright and scales to the width it is given. */
const WIDTH = 360;
const SIDE = 40;
const GAP = 12;
const ROW_GAP = 44;
const LINE = 17;
const PADDING = 10;

interface Box {
  readonly node: DrawnNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly row: number;
  readonly lines: readonly string[];
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Breaks a text into lines of so many characters; Chinese breaks anywhere. */
function wrap(text: string, most: number): string[] {
  const characters = [...text];
  const lines: string[] = [];
  for (let start = 0; start < characters.length; start += most)
    lines.push(characters.slice(start, start + most).join(''));
  return lines;
}

/** Rows of at most two boxes, layer by layer, so that nothing is narrower than a thumb. */
function layOut(drawing: Drawing): Box[] {
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

function drawBox(box: Box): string {
  const { node, x, y, width, height, lines } = box;
  const radius = node.kind === 'stage' ? 6 : Math.min(18, height / 2);
  const middle = x + width / 2;
  const first = y + (height - lines.length * LINE) / 2 + 13;
  const titles = wrap(
    node.state === 'current' ? `▶ ${node.title}` : node.title,
    Math.floor((width - 2 * PADDING) / 13),
  );
  const text = lines
    .map((line, index) => {
      const weight = index < titles.length ? ' font-weight="600"' : ' font-size="12"';
      return `<tspan x="${middle}" y="${first + index * LINE}"${weight}>${escape(line)}</tspan>`;
    })
    .join('');
  const stroke = node.state === 'current' ? 3 : 1;
  const fill = node.state === 'done' ? ' fill-opacity="0.12"' : ' fill-opacity="0"';
  return (
    `<g><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="currentColor"${fill} ` +
    `stroke="currentColor" stroke-width="${stroke}"/><text text-anchor="middle" font-size="13">${text}</text></g>`
  );
}

const LABEL_MOST = 11;

function label(title: string, x: number, y: number, anchor: 'start' | 'middle' | 'end'): string {
  if (title === '') return '';
  const short = [...title].length > LABEL_MOST ? `${[...title].slice(0, LABEL_MOST - 1).join('')}…` : title;
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" font-size="11" class="way">${escape(short)}</text>`;
}

/** A way: straight down to the next row, or along the side, left for the ways back and right for those that pass over a row. */
function drawEdge(edge: DrawnEdge, boxes: readonly Box[], lane: number): string {
  const from = boxes.find((box) => box.node.id === edge.from);
  const to = boxes.find((box) => box.node.id === edge.to);
  if (from === undefined || to === undefined) return '';
  const hint = `<title>${escape(edge.title)}</title>`;
  const dash = edge.kind === 'on' ? '' : ' stroke-dasharray="4 3"';
  const style = `fill="none" stroke="currentColor"${dash} marker-end="url(#arrow)"`;
  const down = to.row === from.row + 1;
  if (down && edge.kind !== 'back') {
    const [x1, y1] = [from.x + from.width / 2, from.y + from.height];
    const [x2, y2] = [to.x + to.width / 2, to.y - 3];
    const bend = (y1 + y2) / 2;
    const path = `<path d="M${x1} ${y1} C${x1} ${bend} ${x2} ${bend} ${x2} ${y2}" ${style}>${hint}</path>`;
    // The words stand on the outer side of a bend, so that the line does not run through them.
    const left = x2 < x1;
    return path + label(edge.title, left ? x2 - 6 : x2 + 6, y2 - 12, left ? 'end' : 'start');
  }
  const back = to.y <= from.y;
  const side = back ? SIDE - 8 - (lane % 4) * 7 : WIDTH - SIDE + 8 + (lane % 4) * 7;
  const [x1, x2] = back ? [from.x, to.x - 3] : [from.x + from.width, to.x + to.width + 3];
  const shift = ((lane % 3) - 1) * 6;
  const [y1, y2] = [from.y + from.height / 2 + shift, to.y + to.height / 2 + shift];
  const path = `<path d="M${x1} ${y1} H${side} V${y2} H${x2}" ${style}>${hint}</path>`;
  const [x, anchor] = back ? [side + 4, 'start' as const] : [side - 4, 'end' as const];
  return path + label(edge.title, x, from.y + from.height + 14, anchor);
}

/** The ways possible in several stages, as a list under the picture: drawn, they would hide the rest. */
function drawStanding(drawing: Drawing, top: number): { svg: string; height: number } {
  const nameOf = (id: string): string => drawing.nodes.find((node) => node.id === id)?.title ?? id;
  const said = new Set<string>();
  for (const edge of drawing.edges) {
    if (!edge.standing) continue;
    for (const title of edge.title.split('、')) said.add(`${title} → ${nameOf(edge.to)}`);
  }
  if (said.size === 0) return { svg: '', height: 0 };
  const lines = ['办理中还可以：', ...[...said].flatMap((line) => wrap(`· ${line}`, 26))];
  const text = lines
    .map((line, index) => `<tspan x="${GAP}" y="${top + index * LINE}">${escape(line)}</tspan>`)
    .join('');
  return { svg: `<text font-size="12">${text}</text>`, height: lines.length * LINE };
}

/** What a screen reader says: every way in words. */
function describe(drawing: Drawing): string {
  const nameOf = (id: string): string => drawing.nodes.find((node) => node.id === id)?.title ?? id;
  const current = drawing.nodes.find((node) => node.state === 'current');
  const ways = drawing.edges.map((edge) => {
    const by = edge.title === '' ? '' : `经“${edge.title}”`;
    return `从“${nameOf(edge.from)}”${by}到“${nameOf(edge.to)}”`;
  });
  return `${current === undefined ? '' : `现在：${current.title}。`}${ways.join('；')}。`;
}

/**
 * The drawing as one SVG text: no script, no outside font or file, colours from the page, a title and a description for screen readers;
 * 360 units wide, so that a phone shows it without zooming.
 */
export function toSvg(drawing: Drawing): string {
  const boxes = layOut(drawing);
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  const standing = drawStanding(drawing, bottom + 30);
  const height = bottom + 20 + (standing.height === 0 ? 0 : standing.height + 16);
  const edges = drawing.edges.filter((edge) => !edge.standing).map((edge, lane) => drawEdge(edge, boxes, lane));
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="100%" role="img" ` +
    `font-family="system-ui, sans-serif" fill="currentColor">` +
    `<title>${escape(drawing.title)}流程图</title><desc>${escape(describe(drawing))}</desc>` +
    `<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">` +
    `<path d="M0 0 L8 4 L0 8 z" fill="currentColor"/></marker></defs>` +
    `${edges.join('')}${boxes.map(drawBox).join('')}${standing.svg}</svg>`
  );
}
