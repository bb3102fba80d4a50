import { fault, type Fault } from '@lianxin/domain';
import type { MeetingDetail } from '@lianxin/contract';
import type { Context } from 'hono';
import { actorOf } from '../access/index.js';
import type { Deps } from '../deps.js';
import { refuseWith } from '../http/answer.js';
import type { App, Environment } from '../http/environment.js';
import { docxOf, pdfOf, wallSheetOf, type Paper } from '../papers/index.js';
import { readCalendar, readCalendarAddress } from './calendar.js';
import {
  attendancePaper,
  ballotPaper,
  minutesPaper,
  noticePaper,
  paperNames,
  resolutionPaper,
  slipsPaper,
  tallyPaper,
  type PaperName,
} from './meeting-papers.js';
import { asReaderOfMembers } from './meetings.access.js';
import { readMeeting } from './read-meetings.js';
import { slipCode } from '../ballots/index.js';

type C = Context<Environment>;

const paperOf = (deps: Deps, county: string, name: PaperName, meeting: MeetingDetail): Paper => {
  const { origin } = deps.config;
  switch (name) {
    case 'notice':
      return noticePaper(meeting, origin);
    case 'attendance':
      return attendancePaper(meeting);
    case 'ballots':
      return ballotPaper(meeting);
    case 'tally':
      return tallyPaper(meeting);
    case 'minutes':
      return minutesPaper(meeting);
    case 'resolution':
      return resolutionPaper(meeting, origin);
    case 'slips': {
      const key = deps.keys.keyFor('attendance-slip');
      const codeOf = (person: string): string => slipCode(key, { county, meeting: meeting.id, person });
      return slipsPaper(meeting, codeOf, `${origin}/attend/${county}/${meeting.id}`);
    }
  }
};

const types = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
} as const;

/** Why a paper cannot be printed now; undefined when it can. */
const faultOfPaper = (name: PaperName, meeting: MeetingDetail): Fault | undefined => {
  if (!meeting.manages) return fault('not-found');
  if (name === 'resolution' && meeting.items.every((item) => item.tally === null)) return fault('vote-not-open');
  return undefined;
};

/**
 * The papers of a meeting to print (会议文书), as docx and PDF, the notice also as a wall sheet; and calendars by their address.
 * A paper is made when it is asked for, from what stands then.
 */
export const papersRoutes = (app: App, deps: Deps): void => {
  app.get('/api/meetings/:id/papers/:file', async (c: C) => {
    const [, name, form] = /^([a-z]+)\.(docx|pdf|wall\.pdf)$/.exec(c.req.param('file') ?? '') ?? [];
    const known = paperNames.find((one) => one === name);
    const actor = await actorOf(deps, c);
    if (!actor.ok) return refuseWith(c, actor.faults);
    if (known === undefined || !/^[0-9a-f-]{36}$/.test(c.req.param('id') ?? ''))
      return refuseWith(c, [fault('not-found')]);
    const found = await readMeeting(deps, asReaderOfMembers(actor.value), c.req.param('id') ?? '', 'zh-CN');
    if (!found.ok) return refuseWith(c, found.faults);
    const wrong = faultOfPaper(known, found.value);
    if (wrong !== undefined) return refuseWith(c, [wrong]);
    const paper = paperOf(deps, actor.value.context.county, known, found.value);
    const bytes =
      form === 'docx' ? await docxOf(paper) : form === 'pdf' ? await pdfOf(paper) : await wallSheetOf(paper);
    c.header('content-type', form === 'docx' ? types.docx : types.pdf);
    c.header('content-disposition', `inline; filename="${known}.${form === 'docx' ? 'docx' : 'pdf'}"`);
    c.header('cache-control', 'no-store');
    return c.body(bytes as Uint8Array<ArrayBuffer>, 200);
  });
  app.get('/calendar/:county/:words/:file', async (c: C) => {
    const token = (c.req.param('file') ?? '').replace(/\.ics$/, '');
    const of = readCalendarAddress(deps, c.req.param('county') ?? '', c.req.param('words') ?? '', token);
    if (of === undefined) return refuseWith(c, [fault('not-found')]);
    c.header('content-type', 'text/calendar; charset=utf-8');
    c.header('cache-control', 'private, max-age=300');
    return c.body(await readCalendar(deps, of), 200);
  });
};
