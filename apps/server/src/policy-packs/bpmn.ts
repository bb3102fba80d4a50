import {
  drawProcedure,
  layOut,
  readProcedure,
  routeOf,
  type Box,
  type Drawing,
  type DrawnEdge,
  type Point,
  type Procedure,
} from '@lianxin/domain';
import type { BpmnModdle, ModdleElement as Element } from 'bpmn-moddle';

/** Room that a gateway takes below its stage. */
const GATEWAY = 24;

/** Ids of BPMN begin with a letter and are unique in the file. */
const idOf = (kind: string, id: string): string => `${kind}-${id.replaceAll('/', '-')}`;

/** A stage as BPMN knows it, with the gateway that chooses among its ways where there are several. */
interface Drawn {
  readonly element: Element;
  readonly box: Box;
  readonly gateway?: Element;
}

const elementOf = (moddle: BpmnModdle, box: Box): Element => {
  const { node } = box;
  const type = { start: 'bpmn:StartEvent', stage: 'bpmn:UserTask', end: 'bpmn:EndEvent' }[node.kind];
  const text = node.lines.join('；');
  const documentation = text === '' ? [] : [moddle.create('bpmn:Documentation', { text })];
  return moddle.create(type, { id: idOf(node.kind, node.id), name: node.title, documentation });
};

/** An end event has no way out in BPMN; what may still be done after an end stands in the process's words. */
const isAfterEnd = (drawing: Drawing, edge: DrawnEdge): boolean =>
  drawing.nodes.some((node) => node.id === edge.from && node.kind === 'end');

type Bounds = Pick<Box, 'x' | 'y' | 'width' | 'height'>;

const shapeOf = (moddle: BpmnModdle, element: Element, { x, y, width, height }: Bounds): Element =>
  moddle.create('bpmndi:BPMNShape', {
    id: `${element.id}-shape`,
    bpmnElement: element,
    bounds: moddle.create('dc:Bounds', { x, y, width, height }),
  });

const edgeShapeOf = (moddle: BpmnModdle, flow: Element, points: readonly Point[]): Element =>
  moddle.create('bpmndi:BPMNEdge', {
    id: `${flow.id}-line`,
    bpmnElement: flow,
    waypoint: points.map((point) => moddle.create('dc:Point', { x: point.x, y: point.y })),
  });

/** Where a gateway stands: in the gap below its stage. */
const gatewayBounds = ({ x, y, width, height }: Box): Bounds => ({
  x: x + width / 2 - GATEWAY / 2,
  y: y + height + 8,
  width: GATEWAY,
  height: GATEWAY,
});

/** The line of a flow: out of the gateway where there is one, then as our own drawing runs. */
const lineFrom = (drawn: Drawn, points: readonly Point[]): readonly Point[] => {
  if (drawn.gateway === undefined) return points;
  const { x, y, width, height } = gatewayBounds(drawn.box);
  const [, ...rest] = points;
  const straight = points[0]?.y === drawn.box.y + drawn.box.height;
  if (straight) return [{ x: x + width / 2, y: y + height }, ...rest];
  const side = rest[0]?.x ?? x;
  const corner = side < x ? x : x + width;
  return [{ x: corner, y: y + height / 2 }, { x: side, y: y + height / 2 }, ...rest.slice(1)];
};

/**
 * A procedure as BPMN 2.0 (流程图交换格式), for tools that draw and compare processes: one user task a stage, an exclusive gateway where a
 * stage can be left in several ways, one end a result, and the picture's own coordinates.
 *
 * It is a picture with words and not a programme: who may act, with which figures and on what ground stands in the documentation, because
 * BPMN has no words for a denominator. Ways back from an end are named there too.
 */
export const toBpmn = async (procedure: Procedure): Promise<string> => {
  const library = await import('bpmn-moddle');
  const moddle = new library.BpmnModdle();
  const drawing = drawProcedure(procedure);
  const boxes = layOut(drawing);
  const edges = drawing.edges.filter((edge) => !isAfterEnd(drawing, edge));
  const drawn = new Map<string, Drawn>();
  for (const box of boxes) {
    const element = elementOf(moddle, box);
    const several = box.node.kind === 'stage' && edges.filter((edge) => edge.from === box.node.id).length > 1;
    const gateway = moddle.create('bpmn:ExclusiveGateway', { id: idOf('choice', box.node.id) });
    drawn.set(box.node.id, several ? { element, box, gateway } : { element, box });
  }
  const flows: Element[] = [];
  const shapes: Element[] = [];
  const join = (id: string, name: string, source: Element, target: Element, points: readonly Point[]): void => {
    const flow = moddle.create('bpmn:SequenceFlow', {
      id,
      sourceRef: source,
      targetRef: target,
      ...(name === '' ? {} : { name }),
    });
    source.get('outgoing').push(flow);
    target.get('incoming').push(flow);
    flows.push(flow);
    shapes.push(edgeShapeOf(moddle, flow, points));
  };
  for (const { element, box, gateway } of drawn.values()) {
    shapes.push(shapeOf(moddle, element, box));
    if (gateway === undefined) continue;
    const bounds = gatewayBounds(box);
    shapes.push(shapeOf(moddle, gateway, bounds));
    const middle = bounds.x + GATEWAY / 2;
    join(idOf('leave', box.node.id), '', element, gateway, [
      { x: middle, y: box.y + box.height },
      { x: middle, y: bounds.y },
    ]);
  }
  for (const [index, edge] of edges.entries()) {
    const [from, to] = [drawn.get(edge.from), drawn.get(edge.to)];
    const route = routeOf(edge, boxes, index);
    if (from === undefined || to === undefined || route === undefined) continue;
    join(`way-${index + 1}`, edge.title, from.gateway ?? from.element, to.element, lineFrom(from, route.points));
  }
  const nodes = [...drawn.values()].flatMap(({ element, gateway }) =>
    gateway === undefined ? [element] : [element, gateway],
  );
  const process = moddle.create('bpmn:Process', {
    id: idOf('procedure', procedure.id),
    name: procedure.title,
    isExecutable: false,
    documentation: [moddle.create('bpmn:Documentation', { text: readProcedure(procedure) })],
    flowElements: [...nodes, ...flows],
  });
  const definitions = moddle.create('bpmn:Definitions', {
    id: idOf('definitions', procedure.id),
    targetNamespace: `urn:lianxin:procedure:${procedure.id}`,
    exporter: 'Lianxin',
    rootElements: [process],
    diagrams: [
      moddle.create('bpmndi:BPMNDiagram', {
        id: idOf('diagram', procedure.id),
        plane: moddle.create('bpmndi:BPMNPlane', {
          id: idOf('plane', procedure.id),
          bpmnElement: process,
          planeElement: shapes,
        }),
      }),
    ],
  });
  const { xml } = await moddle.toXML(definitions, { format: true });
  return xml;
};
