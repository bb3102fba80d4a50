import type { Drawing, DrawnNode } from './draw-procedure.js';

const quoted = (text: string): string => `"${text.replaceAll('"', '#quot;')}"`;
const idOf = (id: string): string => `n_${id.replaceAll(/[^a-z0-9]/g, '_')}`;

function shapeOf(node: DrawnNode): string {
  const text = quoted([node.title, ...node.lines].join('<br/>'));
  if (node.kind === 'stage') return `${idOf(node.id)}[${text}]`;
  return `${idOf(node.id)}([${text}])`;
}

/** The drawing as text for Mermaid, so that a rule's picture can be read in a repository and compared line by line. */
export function toMermaid(drawing: Drawing): string {
  const lines = ['flowchart TD', ...drawing.nodes.map((node) => `  ${shapeOf(node)}`)];
  for (const edge of drawing.edges) {
    const arrow = edge.kind === 'back' || edge.standing ? '-.->' : '-->';
    const label = edge.title === '' ? '' : `|${quoted(edge.title)}|`;
    lines.push(`  ${idOf(edge.from)} ${arrow}${label} ${idOf(edge.to)}`);
  }
  for (const node of drawing.nodes) {
    if (node.state === 'current') lines.push(`  style ${idOf(node.id)} stroke-width:4px`);
  }
  return `${lines.join('\n')}\n`;
}
