import { describeDuration } from '../date/index.js';
import { describeParties } from './describe-who.js';
import { planOf, type Plan, type PlannedStage } from './plan.js';
import type { Procedure } from './procedure.js';
import type { Progress } from './progress.js';
import { ENDED, OPENED, waysOf, type Way } from './ways-of.js';
import { isBlank } from './words.js';

/** A point of the drawing: the opening, a stage, or an end; `layer` counts from the top. */
export interface DrawnNode {
  readonly id: string;
  readonly title: string;
  readonly kind: 'start' | 'stage' | 'end';
  readonly state: 'done' | 'current' | 'ahead';
  readonly layer: number;
  /** Who, until when, and the branches inside, one line each. */
  readonly lines: readonly string[];
}

/** A way from one point to another; `standing` ones are possible in several stages and are listed, not drawn, in the picture. */
export interface DrawnEdge {
  readonly from: string;
  readonly to: string;
  readonly title: string;
  readonly kind: Way['kind'];
  readonly standing: boolean;
}

/** Drawing 流程图: a procedure as a layered graph, from which every picture and the text for screen readers are made. */
export interface Drawing {
  readonly title: string;
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
}

const endNode = (result: string): string => `end-${result}`;

/**
 * Draws a procedure; with a progress, it marks where a matter stands and has been.
 *
 * The graph is made from the same ways that the checker walks, so a drawing cannot show what the rule does not say.
 */
export function drawProcedure(procedure: Procedure, progress?: Progress): Drawing {
  const plan = planOf(procedure);
  const edges = mergeEdges(waysOf(plan).map((way) => edgeOf(procedure, way)));
  const layers = layersOf(procedure, edges);
  const layerOf = (id: string): number => layers.get(id) ?? 0;
  const visited = new Set(progress?.visits.map((visit) => visit.stage));
  const stateOf = (id: string): DrawnNode['state'] => {
    if (progress?.stage === id) return 'current';
    return visited.has(id) ? 'done' : 'ahead';
  };
  const stages = procedure.stages.map((stage): DrawnNode => {
    const place = plan.stages.get(stage.id);
    const lines = place === undefined ? [] : linesOf(plan, place);
    return {
      id: stage.id,
      title: stage.title,
      kind: 'stage',
      state: stateOf(stage.id),
      layer: layerOf(stage.id),
      lines,
    };
  });
  const ends = procedure.closes.results.map((result): DrawnNode => {
    const here = progress?.state === 'ended' && progress.result === result.id;
    const id = endNode(result.id);
    return { id, title: result.title, kind: 'end', state: here ? 'current' : 'ahead', layer: layerOf(id), lines: [] };
  });
  const start: DrawnNode = {
    id: OPENED,
    title: '提出',
    kind: 'start',
    state: progress === undefined ? 'ahead' : 'done',
    layer: 0,
    lines: [],
  };
  return { title: procedure.title, nodes: [start, ...stages, ...ends], edges };
}

function edgeOf(procedure: Procedure, way: Way): DrawnEdge {
  const last = procedure.closes.results[0]?.id ?? '';
  const to = way.to === ENDED ? endNode(way.result ?? last) : way.to;
  const from = way.from === ENDED ? endNode(last) : way.from;
  const title = way.act?.rule.title ?? (way.kind === 'skip' ? '不适用时跳过' : '');
  const standing = way.act !== null && way.act.group === 'standing';
  return { from, to, title, kind: way.kind, standing };
}

/** Several acts that lead the same way are one line with all their titles. */
function mergeEdges(edges: readonly DrawnEdge[]): DrawnEdge[] {
  const merged = new Map<string, DrawnEdge>();
  for (const edge of edges) {
    const key = `${edge.from}>${edge.to}>${edge.kind}>${edge.standing}`;
    const known = merged.get(key);
    if (known === undefined) merged.set(key, edge);
    else if (!known.title.split('、').includes(edge.title)) {
      merged.set(key, { ...known, title: `${known.title}、${edge.title}` });
    }
  }
  return [...merged.values()];
}

/** Each point stands one layer below the lowest that leads on to it; ways back and standing ones do not pull. */
function layersOf(procedure: Procedure, edges: readonly DrawnEdge[]): Map<string, number> {
  const order = [OPENED, ...procedure.stages.map((stage) => stage.id)];
  const layers = new Map<string, number>([[OPENED, 0]]);
  const pulls = edges.filter((edge) => !edge.standing && (edge.kind === 'on' || edge.kind === 'skip'));
  for (const id of order) {
    const own = layers.get(id) ?? 1;
    layers.set(id, own);
    for (const edge of pulls) {
      if (edge.from === id) layers.set(edge.to, Math.max(layers.get(edge.to) ?? 0, own + 1));
    }
  }
  const deepest = Math.max(...layers.values());
  for (const { id } of procedure.closes.results) {
    if (!layers.has(endNode(id))) layers.set(endNode(id), deepest);
  }
  return layers;
}

function linesOf(plan: Plan, place: PlannedStage): string[] {
  const { stage, branches } = place;
  const lines: string[] = [];
  if (stage.by !== undefined) lines.push(describeParties(plan.procedure, stage.by));
  const within = stage.limit?.within;
  if (within !== undefined && !isBlank(within)) lines.push(`限${describeDuration(within, 'zh-CN')}`);
  const period = stage.publish?.noticePeriod;
  if (period !== undefined && !isBlank(period)) {
    const days =
      'chosen' in period ? `${period.chosen.atLeast}至${period.chosen.atMost}日` : describeDuration(period, 'zh-CN');
    lines.push(`公示${days}`);
  }
  if (branches.length > 0) {
    const joint = stage.oneOf === undefined ? '同时办理' : '择一办理';
    lines.push(`${joint}：${branches.map((branch) => branch.title).join('、')}`);
  }
  return lines;
}
