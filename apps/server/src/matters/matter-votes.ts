import {
  describeParties,
  describeWho,
  nextActs,
  type Branch,
  type Fault,
  type Field,
  type NextAct,
  type Procedure,
  type Stage,
  type Vote,
} from '@lianxin/domain';
import type { SessionActor } from '../access/index.js';
import type { Tx } from '../storage/index.js';
import type { MatterDeps } from './act-context.js';
import { contextFor, pinnedTo } from './act-on-matter.js';
import { standingsOf } from './actors.js';
import { recordOf } from './matter-file.js';
import { readFile } from './matters.store.js';
import { isMine } from './next-act-views.js';

/** A vote that a matter waits for now: one for each way of its stage. */
export interface MatterVote {
  /** `stage` or `stage/branch`. */
  readonly stage: string;
  readonly title: string;
  /** The word by which the rule names whose members are entitled. */
  readonly roll: string;
  readonly body: string;
  readonly vote: Vote;
  /** What the act that records the result asks for. */
  readonly needs: readonly Field[];
  /** The act that calls the meeting, where the rule has one: what it asks, and who may. */
  readonly convene: { readonly needs: readonly Field[]; readonly faults: readonly Fault[] } | null;
  readonly convener: string;
  /** This person is one of those who may record the result. */
  readonly mine: boolean;
  readonly source: readonly string[];
  /** Who has demanded the meeting, in words, and on what ground; null while nobody has. */
  readonly demand: { readonly by: string; readonly source: readonly string[] } | null;
}

/** A matter with the votes it waits for. */
export interface VotingMatter {
  readonly id: string;
  readonly number: string;
  readonly subject: string;
  readonly place: string;
  readonly procedureTitle: string;
  readonly procedure: Procedure;
  readonly votes: readonly MatterVote[];
}

const partAt = (procedure: Procedure, path: string): Stage | Branch | undefined => {
  const [home, branch] = path.split('/');
  const stage = procedure.stages.find((one) => one.id === home);
  if (branch === undefined) return stage;
  return [...(stage?.oneOf ?? []), ...(stage?.allOf ?? [])].find((one) => one.id === branch);
};

/** Of several standings the act as the one who may do it finds it. */
const bestOf = (ways: readonly (readonly NextAct[])[], stage: string, act: string): NextAct | undefined => {
  const found = ways.flatMap((list) => list.filter((next) => next.stage === stage && next.act.id === act));
  return found.find((next) => next.allowed) ?? found.find((next) => isMine(next.faults)) ?? found[0];
};

/** The last demand that was filed for the meeting of a stage; a demand that is too small is never filed. */
const demandIn = (record: ReturnType<typeof recordOf>, stage: string, vote: Vote): MatterVote['demand'] => {
  const filed = record.acts.findLast((act) => act.act === 'demand' && act.stage === stage);
  const group = vote.demandedBy?.find((one) => one.id === filed?.fields['demanded-as']);
  if (filed === undefined || group === undefined) return null;
  return { by: `${String(filed.fields['demanders'])}名${group.title}`, source: group.source ?? vote.source ?? [] };
};

/**
 * The votes a matter waits for where it stands (待表决), as the person logged in finds them: whose members are entitled, what the result must reach,
 * what calling the meeting asks and whether they may. Undefined for a matter that is not there or not in range.
 */
export const votesOfMatter = async (
  deps: MatterDeps,
  tx: Tx,
  session: SessionActor,
  id: string,
): Promise<VotingMatter | undefined> => {
  const file = await readFile(tx, id);
  if (file === undefined) return undefined;
  const context = await contextFor(deps, tx, file);
  const { procedure } = pinnedTo(context, file);
  const record = recordOf(file);
  const ways = standingsOf(session, context.directory, file.matter).map(({ actor }) =>
    nextActs(procedure, record, actor, context.roll, context.calendar, context.now),
  );
  const votes = (ways[0] ?? []).flatMap((next): MatterVote[] => {
    if (!next.here || next.act.id !== 'pass' || next.stage === null) return [];
    const part = partAt(procedure, next.stage);
    if (part?.vote === undefined) return [];
    const { vote } = part;
    const owner = next.by.find((who) => 'body' in who);
    const roll = vote.roll ?? (owner !== undefined && 'body' in owner ? owner.body : '');
    const pass = bestOf(ways, next.stage, 'pass') ?? next;
    const convene = bestOf(ways, next.stage, 'convene');
    return [
      {
        stage: next.stage,
        title: part.title,
        roll,
        body: describeWho(procedure, { body: roll }),
        vote,
        needs: next.needs,
        convene: convene === undefined ? null : { needs: convene.needs, faults: convene.faults },
        convener: describeParties(procedure, convene?.by ?? next.by),
        mine: isMine(pass.faults),
        source: [...(vote.source ?? [])],
        demand: demandIn(record, next.stage, vote),
      },
    ];
  });
  const { matter } = file;
  return {
    id,
    number: matter.number,
    subject: matter.subject,
    place: matter.place,
    procedureTitle: procedure.title,
    procedure,
    votes,
  };
};
