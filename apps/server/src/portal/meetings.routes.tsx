import { explainFault } from '@lianxin/domain';
import { listDecisions } from '../decisions/index.js';
import type { App } from '../http/environment.js';
import { arriveBySlip, listPublicMeetings } from '../meetings/index.js';
import { AttendBySlip, MeetingsOfVillage } from './pages/meetings.js';
import { onVillage } from './places.routes.js';
import { replyPage, settingFor } from './reply.js';
import type { C, Portal } from './reply.js';
import { readForm } from './request-body.js';

const isMeeting = (county: string, meeting: string): boolean =>
  /^\d{6}$/.test(county) && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(meeting);

/** Pages of meetings: notices and results of a village, and the form of a paper slip. */
export const meetingsPages = (app: App, portal: Portal): void => {
  app.get(
    '/v/:code/meetings',
    onVillage(portal, async (c, village) => {
      const setting = settingFor(portal, c);
      const meetings = await listPublicMeetings(portal.deps, village.code);
      const decisions = new Set((await listDecisions(portal.deps, village.code)).map(({ id }) => id));
      return replyPage(
        c,
        <MeetingsOfVillage setting={setting} village={village} meetings={meetings} decisions={decisions} />,
      );
    }),
  );
  app.get('/attend/:county/:meeting', (c: C) =>
    replyPage(c, <AttendBySlip setting={settingFor(portal, c)} typed="" />, 200, 'secret'),
  );
  app.post('/attend/:county/:meeting', async (c: C) => {
    const { form } = await readForm(c);
    const typed = form.get('code');
    const code =
      typeof typed === 'string'
        ? typed
            .toUpperCase()
            .replaceAll(/[^0-9A-Z]/g, '')
            .slice(0, 16)
        : '';
    const setting = settingFor(portal, c);
    const county = c.req.param('county') ?? '';
    const meeting = c.req.param('meeting') ?? '';
    const answer = isMeeting(county, meeting)
      ? await arriveBySlip(portal.deps, { county, meeting, code })
      : { faults: [{ code: 'attendance-code-wrong' as const, params: {} }] };
    if ('faults' in answer) {
      const [fault] = answer.faults;
      const said = fault === undefined ? undefined : explainFault(fault, setting.language);
      const problem = { code: fault?.code ?? '', message: said?.what ?? '', cure: said?.cure ?? '' };
      return replyPage(c, <AttendBySlip setting={setting} typed={code} problem={problem} />, 422, 'secret');
    }
    const here = answer.body as { readonly name: string; readonly title: string };
    return replyPage(c, <AttendBySlip setting={setting} typed="" here={here} />, 200, 'secret');
  });
};
