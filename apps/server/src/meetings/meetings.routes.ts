import {
  addTopicRoute,
  adjournRoute,
  attendRoute,
  beginMeetingRoute,
  callMeetingRoute,
  cancelMeetingRoute,
  changeMeetingRoute,
  closeVoteRoute,
  concludeRoute,
  decisionsRoute,
  endMeetingRoute,
  enterCountRoute,
  handOverRoute,
  hereRoute,
  listMeetingsRoute,
  myMeetingsRoute,
  openVoteRoute,
  proxyRoute,
  readMeetingRoute,
  recuseRoute,
  waitingVotesRoute,
  writeMinutesRoute,
} from '@lianxin/contract';
import { fault } from '@lianxin/domain';
import type { Context } from 'hono';
import { actorOf, type Given, onCommand } from '../access/index.js';
import type { Deps } from '../deps.js';
import { refuseWith } from '../http/answer.js';
import type { Answer } from '../http/command.js';
import type { App, Environment } from '../http/environment.js';
import { arriveByLogin, enterAttendance, enterProxy } from './attend.js';
import { beginMeeting } from './begin-meeting.js';
import { callMeeting } from './call-meeting.js';
import { cancelMeeting, changeMeeting, endMeeting } from './change-meeting.js';
import { addTopic, concludeItem, handOver, writeMinutes } from './conclude.js';
import { readDecisions, readWaitingVotes } from './decisions.js';
import { papersRoutes } from './papers.routes.js';
import { asReaderOfMembers } from './meetings.access.js';
import { listMeetings, myMeetings, readMeeting } from './read-meetings.js';
import { adjournVote, closeVote, enterCount, openVote, recuseFromVote } from './vote.js';

/** A command of a meeting, given in the office that may read who is on its roll. */
const onMeetingCommand = <Input>(
  deps: Deps,
  c: Context<Environment>,
  input: Input,
  run: (given: Given<Input>) => Promise<Answer>,
): Promise<never> => onCommand(deps, c, input, (given) => run({ ...given, actor: asReaderOfMembers(given.actor) }));

/** Meetings over HTTP. */
export const meetingsRoutes = (app: App, deps: Deps): void => {
  queryRoutes(app, deps);
  meetingCommands(app, deps);
  voteCommands(app, deps);
  papersRoutes(app, deps);
};

const queryRoutes = (app: App, deps: Deps): void => {
  app.openapi(listMeetingsRoute, async (c) => {
    const actor = await actorOf(deps, c);
    if (!actor.ok) return refuseWith(c, actor.faults);
    if (actor.value.office === null) return refuseWith(c, [fault('not-found')]);
    return c.json({ meetings: await listMeetings(deps, asReaderOfMembers(actor.value), c.req.valid('query')) }, 200);
  });
  app.openapi(myMeetingsRoute, async (c) => {
    const actor = await actorOf(deps, c);
    if (!actor.ok) return refuseWith(c, actor.faults);
    return c.json(await myMeetings(deps, actor.value), 200);
  });
  app.openapi(readMeetingRoute, async (c) => {
    const actor = await actorOf(deps, c);
    if (!actor.ok) return refuseWith(c, actor.faults);
    const found = await readMeeting(deps, asReaderOfMembers(actor.value), c.req.valid('param').id, c.get('locale'));
    return found.ok ? c.json(found.value, 200) : refuseWith(c, found.faults);
  });
  app.openapi(decisionsRoute, async (c) => {
    const actor = await actorOf(deps, c);
    if (!actor.ok) return refuseWith(c, actor.faults);
    if (actor.value.office === null) return refuseWith(c, [fault('not-found')]);
    const found = await readDecisions(deps, actor.value, c.req.valid('param').code, c.get('locale'));
    return found.ok ? c.json({ decisions: found.value }, 200) : refuseWith(c, found.faults);
  });
  app.openapi(waitingVotesRoute, async (c) => {
    const actor = await actorOf(deps, c);
    if (!actor.ok) return refuseWith(c, actor.faults);
    const { code } = c.req.valid('param');
    const { matter } = c.req.valid('query');
    const found = await readWaitingVotes(deps, actor.value, code, matter, c.get('locale'));
    return found.ok ? c.json({ votes: found.value }, 200) : refuseWith(c, found.faults);
  });
};

const meetingCommands = (app: App, deps: Deps): void => {
  app.openapi(callMeetingRoute, (c) =>
    onMeetingCommand(deps, c, c.req.valid('json'), (given) => callMeeting(deps, given)),
  );
  app.openapi(changeMeetingRoute, (c) =>
    onMeetingCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) =>
      changeMeeting(deps, given),
    ),
  );
  app.openapi(cancelMeetingRoute, (c) =>
    onMeetingCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) =>
      cancelMeeting(deps, given),
    ),
  );
  app.openapi(beginMeetingRoute, (c) =>
    onMeetingCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) =>
      beginMeeting(deps, given),
    ),
  );
  app.openapi(attendRoute, (c) =>
    onMeetingCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) =>
      enterAttendance(deps, given),
    ),
  );
  app.openapi(hereRoute, (c) => onMeetingCommand(deps, c, c.req.valid('param'), (given) => arriveByLogin(deps, given)));
  app.openapi(proxyRoute, (c) =>
    onMeetingCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) => enterProxy(deps, given)),
  );
  app.openapi(addTopicRoute, (c) =>
    onMeetingCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) => addTopic(deps, given)),
  );
  app.openapi(writeMinutesRoute, (c) =>
    onMeetingCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) =>
      writeMinutes(deps, given),
    ),
  );
  app.openapi(endMeetingRoute, (c) =>
    onMeetingCommand(deps, c, c.req.valid('param'), (given) => endMeeting(deps, given)),
  );
};

const voteCommands = (app: App, deps: Deps): void => {
  app.openapi(recuseRoute, (c) =>
    onMeetingCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) =>
      recuseFromVote(deps, given),
    ),
  );
  app.openapi(openVoteRoute, (c) =>
    onMeetingCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) => openVote(deps, given)),
  );
  app.openapi(enterCountRoute, (c) =>
    onMeetingCommand(deps, c, { ...c.req.valid('json'), ...c.req.valid('param') }, (given) => enterCount(deps, given)),
  );
  app.openapi(closeVoteRoute, (c) =>
    onMeetingCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) => closeVote(deps, given)),
  );
  app.openapi(adjournRoute, (c) =>
    onMeetingCommand(deps, c, c.req.valid('param'), (given) => adjournVote(deps, given)),
  );
  app.openapi(concludeRoute, (c) =>
    onMeetingCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) =>
      concludeItem(deps, given),
    ),
  );
  app.openapi(handOverRoute, (c) =>
    onMeetingCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) => handOver(deps, given)),
  );
};
