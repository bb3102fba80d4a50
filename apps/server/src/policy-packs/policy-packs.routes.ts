import { listPacksRoute, procedureBpmnRoute, readProcedureRoute } from '@lianxin/contract';
import { countyDate, drawProcedure, fault, readProcedure, toSvg, type RuleChange } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { refuseWith } from '../http/answer.js';
import type { App } from '../http/environment.js';
import { inContext, publicContext } from '../storage/index.js';
import { toBpmn } from './bpmn.js';
import { changesBetween } from './rule-changes.js';
import { rulesOf, type PackedProcedure, type RuleBook } from './rule-book.js';

const titleOf = (rule: unknown): string =>
  typeof rule === 'object' && rule !== null && 'title' in rule && typeof rule.title === 'string' ? rule.title : '';

type Standing = ReturnType<RuleBook['historyOf']>[number];

const activationView = (one: Standing, changes: readonly RuleChange[]) => ({
  pack: one.pack,
  title: one.body.manifest.title,
  version: one.body.manifest.version,
  hash: one.hash,
  division: one.division,
  from: one.from,
  until: one.until,
  rules: one.body.rules.map((rule) => ({
    kind: rule.kind,
    id: rule.id,
    title: titleOf(rule.rule),
    from: rule.inForce.from,
    covers: [...rule.covers],
  })),
  changes: changes.map(({ changes: sections, ...change }) => ({
    ...change,
    sections: sections.map(({ under, before, after }) => ({ under, before: [...before], after: [...after] })),
  })),
});

/** Rules are public: which packs apply in a division and are to come, what they changed, and what a procedure says, in prose and drawn. */
export const policyPacksRoutes = (app: App, deps: Deps): void => {
  app.openapi(listPacksRoute, async (c) => {
    const { division, on } = c.req.valid('query');
    const day = on ?? countyDate(deps.clock());
    const [standing, history] = await inContext(deps, publicContext(division), async (tx) => {
      const book = await rulesOf(deps.pool, tx);
      return [book.activationsFor(division, day), book.historyOf(division)];
    });
    const view = (one: Standing) => {
      const before = history.findLast(
        (other) => other.pack === one.pack && other.division === one.division && other.from < one.from,
      );
      return activationView(one, before === undefined ? [] : changesBetween(before.body, one.body));
    };
    return c.json({ packs: standing.map(view), coming: history.filter((one) => one.from > day).map(view) }, 200);
  });
  const pinned = (
    { hash, id }: { hash: string; id: string },
    { division, on }: { division: string; on?: string | undefined },
  ): Promise<PackedProcedure | undefined> =>
    inContext(deps, publicContext(division), async (tx) =>
      (await rulesOf(deps.pool, tx, [hash])).pinned(hash, id, on ?? countyDate(deps.clock())),
    );
  app.openapi(procedureBpmnRoute, async (c) => {
    const packed = await pinned(c.req.valid('param'), c.req.valid('query'));
    if (packed === undefined) return refuseWith(c, [fault('not-found')]);
    return c.body(await toBpmn(packed.procedure), 200, {
      'content-type': 'application/bpmn+xml; charset=utf-8',
      'content-disposition': `attachment; filename="${packed.procedure.id}.bpmn"`,
    });
  });
  app.openapi(readProcedureRoute, async (c) => {
    const { hash } = c.req.valid('param');
    const packed = await pinned(c.req.valid('param'), c.req.valid('query'));
    if (packed === undefined) return refuseWith(c, [fault('not-found')]);
    const { procedure } = packed;
    const drawing = drawProcedure(procedure);
    return c.json(
      {
        pack: packed.pack.id,
        id: procedure.id,
        title: procedure.title,
        hash,
        prose: readProcedure(procedure),
        drawing: {
          nodes: drawing.nodes.map((node) => ({ id: node.id, title: node.title, kind: node.kind })),
          edges: drawing.edges.map(({ from, to, title }) => ({ from, to, title })),
          svg: toSvg(drawing),
        },
        covers: [...packed.covers],
        madeForReplay: procedure.madeFor === 'replay',
      },
      200,
    );
  });
};
