import type { Drawing, DrawnEdge } from './draw-procedure.js';
import { GAP, layOut, LINE, PADDING, routeOf, WIDTH, wrap, type Box } from './lay-out.js';

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

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

/** A way as a line with its words: on the outer side of a bend, or along the side it runs on. */
function drawEdge(edge: DrawnEdge, boxes: readonly Box[], lane: number): string {
  const route = routeOf(edge, boxes, lane);
  const [start, second, third, end] = route?.points ?? [];
  if (route === undefined || start === undefined || second === undefined || third === undefined || end === undefined) {
    return '';
  }
  const hint = `<title>${escape(edge.title)}</title>`;
  const dash = edge.kind === 'on' ? '' : ' stroke-dasharray="4 3"';
  const style = `fill="none" stroke="currentColor"${dash} marker-end="url(#arrow)"`;
  if (route.how === 'down') {
    const bend = second.y;
    const path = `<path d="M${start.x} ${start.y} C${start.x} ${bend} ${end.x} ${bend} ${end.x} ${end.y}" ${style}>${hint}</path>`;
    // The words stand on the outer side of a bend, so that the line does not run through them.
    const left = end.x < start.x;
    return path + label(edge.title, left ? end.x - 6 : end.x + 6, end.y - 12, left ? 'end' : 'start');
  }
  const path = `<path d="M${start.x} ${start.y} H${second.x} V${third.y} H${end.x}" ${style}>${hint}</path>`;
  const [x, anchor] = route.how === 'left' ? [second.x + 4, 'start' as const] : [second.x - 4, 'end' as const];
  const from = boxes.find((box) => box.node.id === edge.from);
  return path + label(edge.title, x, (from?.y ?? 0) + (from?.height ?? 0) + 14, anchor);
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
