import { drawProcedure, layOut } from '@lianxin/domain';
import { readPacks } from '@lianxin/pack-reader';
import { BpmnModdle } from 'bpmn-moddle';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { toBpmn } from './bpmn.js';

interface Found {
  readonly $type: string;
  readonly id: string;
  readonly name?: string;
  readonly [key: string]: unknown;
}

const root = fileURLToPath(new URL('../../../../policy-packs', import.meta.url));
const procedures = [...readPacks(root).packs.values()].flatMap((pack) =>
  pack.rules.flatMap((version) =>
    version.rule.kind === 'procedure' ? [{ name: `${pack.manifest.id}/${version.file}`, procedure: version.rule }] : [],
  ),
);

const readBack = async (xml: string) => {
  const { rootElement, warnings } = await new BpmnModdle().fromXML(xml);
  const definitions = rootElement as {
    rootElements: { name: string; flowElements: Found[] }[];
    diagrams: { plane: { planeElement: Found[] } }[];
  };
  return {
    warnings: warnings.map((one) => one.message),
    elements: definitions.rootElements[0]?.flowElements ?? [],
    shapes: definitions.diagrams[0]?.plane.planeElement ?? [],
  };
};

describe('a procedure exchanged as BPMN 2.0', () => {
  test('there are procedures to exchange', () => expect(procedures.length).toBeGreaterThan(30));

  test.each(procedures)(
    '$name is read back whole, each stage, way and end where our drawing has it',
    async ({ procedure }) => {
      const { warnings, elements, shapes } = await readBack(await toBpmn(procedure));
      expect(warnings).toEqual([]);
      const of = (type: string) => elements.filter((one) => one.$type === `bpmn:${type}`);
      expect(of('StartEvent')).toHaveLength(1);
      expect(of('UserTask').map((one) => one.name)).toEqual(procedure.stages.map((stage) => stage.title));
      expect(
        of('EndEvent')
          .map((one) => one.name)
          .toSorted(),
      ).toEqual(procedure.closes.results.map((result) => result.title).toSorted());
      const drawing = drawProcedure(procedure);
      const ends = new Set(drawing.nodes.filter((node) => node.kind === 'end').map((node) => node.id));
      const ways = drawing.edges.filter((edge) => !ends.has(edge.from));
      expect(of('SequenceFlow').filter((one) => one.id.startsWith('way-'))).toHaveLength(ways.length);
      // A task with two ways out would mean both at once; only a gateway may choose.
      for (const task of of('UserTask')) expect(task['outgoing'] as unknown[]).toHaveLength(1);
      for (const end of of('EndEvent')) expect(end['incoming'] as unknown[]).not.toHaveLength(0);
      const placed = new Map(shapes.map((shape) => [(shape['bpmnElement'] as Found).id, shape]));
      expect(elements.filter((one) => !placed.has(one.id)).map((one) => one.id)).toEqual([]);
      for (const { node, x, y, width, height } of layOut(drawing)) {
        expect(placed.get(`${node.kind}-${node.id}`)?.['bounds']).toMatchObject({ x, y, width, height });
      }
      for (const flow of of('SequenceFlow')) {
        const points = placed.get(flow.id)?.['waypoint'] as unknown[] | undefined;
        expect(points?.length ?? 0).toBeGreaterThan(1);
      }
    },
  );
});
