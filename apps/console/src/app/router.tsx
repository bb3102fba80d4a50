import type { MatterFilter, ReportQuery } from '@lianxin/contract';
import { createRootRoute, createRoute, createRouter, redirect } from '@tanstack/react-router';
import { TodayPage } from '../features/inbox/today.js';
import { lazyPage } from './lazy-page.js';
import { PageFailed, PageMissing } from './page-failed.js';
import { Shell } from './shell.js';

/**
 * The addresses of the console. Log-in and today come with the first load; every other page, with the heavy tables and
 * pickers it needs, is fetched when someone goes there.
 */
const root = createRootRoute({ component: Shell });
const getParentRoute = () => root;

/** What stands in an address is text from outside: known keys with text are kept, the rest is dropped. */
const keep =
  <T extends object>(...names: readonly (keyof T & string)[]) =>
  (search: Record<string, unknown>): T =>
    Object.fromEntries(names.flatMap((name) => (typeof search[name] === 'string' ? [[name, search[name]]] : []))) as T;

const home = createRoute({
  getParentRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/today', replace: true });
  },
});
const today = createRoute({ getParentRoute, path: '/today', component: TodayPage });
const inbox = createRoute({
  getParentRoute,
  path: '/inbox',
  component: lazyPage(() => import('../features/inbox/inbox.js'), 'InboxPage'),
});
const matters = createRoute({
  getParentRoute,
  path: '/matters',
  validateSearch: keep<MatterFilter>(
    'state',
    'kind',
    'procedure',
    'holder',
    'overdue',
    'from',
    'to',
    'sort',
    'division',
  ),
  component: lazyPage(() => import('../features/matters/list.js'), 'MatterListPage'),
});
const matter = createRoute({
  getParentRoute,
  path: '/matters/$id',
  component: lazyPage(() => import('../features/matters/detail.js'), 'MatterPage'),
});
const open = createRoute({
  getParentRoute,
  path: '/open',
  component: lazyPage(() => import('../features/matters/open.js'), 'OpenPage'),
});
const start = createRoute({
  getParentRoute,
  path: '/start',
  validateSearch: keep<{ procedure?: string; kind?: string; about?: string; division?: string }>(
    'procedure',
    'kind',
    'about',
    'division',
  ),
  component: lazyPage(() => import('../features/matters/start.js'), 'StartPage'),
});
const FieldPage = lazyPage(() => import('../features/field-work/field.js'), 'FieldPage');
const field = createRoute({ getParentRoute, path: '/field', component: FieldPage });
const fieldPart = createRoute({ getParentRoute, path: '/field/$part', component: FieldPage });
const stations = createRoute({
  getParentRoute,
  path: '/stations',
  validateSearch: keep<{ division?: string }>('division'),
  component: lazyPage(() => import('../features/stations/stations.js'), 'StationsPage'),
});
const leader = createRoute({
  getParentRoute,
  path: '/leader',
  component: lazyPage(() => import('../features/reports/leader.js'), 'LeaderPage'),
});
const topics = createRoute({
  getParentRoute,
  path: '/topics',
  validateSearch: keep<{ division?: string }>('division'),
  component: lazyPage(() => import('../features/topics/topics.js'), 'TopicsPage'),
});
const reportQuery = keep<ReportQuery>('division', 'from', 'to');
const ReportsPage = lazyPage(() => import('../features/reports/reports.js'), 'ReportsPage');
const reports = createRoute({ getParentRoute, path: '/reports', validateSearch: reportQuery, component: ReportsPage });
const report = createRoute({
  getParentRoute,
  path: '/reports/$name',
  validateSearch: reportQuery,
  component: ReportsPage,
});
const people = createRoute({
  getParentRoute,
  path: '/people',
  validateSearch: keep<{ division?: string }>('division'),
  component: lazyPage(() => import('../features/people/people.js'), 'PeoplePage'),
});
const body = createRoute({
  getParentRoute,
  path: '/people/$id',
  component: lazyPage(() => import('../features/people/body.js'), 'BodyPage'),
});
const logIns = createRoute({
  getParentRoute,
  path: '/log-ins',
  component: lazyPage(() => import('../features/people/log-ins.js'), 'LogInsPage'),
});
const webhooks = createRoute({
  getParentRoute,
  path: '/webhooks',
  component: lazyPage(() => import('../features/webhooks/webhooks.js'), 'WebhooksPage'),
});
const firstSteps = createRoute({
  getParentRoute,
  path: '/first-steps',
  component: lazyPage(() => import('../features/people/first-steps.js'), 'FirstStepsPage'),
});
const CoveragePage = lazyPage(() => import('../features/people/coverage.js'), 'CoveragePage');
const coverage = createRoute({ getParentRoute, path: '/coverage', component: CoveragePage });
const coverageReport = createRoute({ getParentRoute, path: '/coverage/$report', component: CoveragePage });
const imports = createRoute({
  getParentRoute,
  path: '/imports',
  component: lazyPage(() => import('../features/imports/imports.js'), 'ImportsPage'),
});
const secretBallots = createRoute({
  getParentRoute,
  path: '/secret-ballots',
  validateSearch: keep<{ division?: string }>('division'),
  component: lazyPage(() => import('../features/secret-ballots/secret-ballots.js'), 'SecretBallotsPage'),
});
const newSecretBallot = createRoute({
  getParentRoute,
  path: '/secret-ballots/new',
  validateSearch: keep<{ division?: string }>('division'),
  component: lazyPage(() => import('../features/secret-ballots/open-ballot.js'), 'OpenBallotPage'),
});
const secretBallot = createRoute({
  getParentRoute,
  path: '/secret-ballots/$id',
  component: lazyPage(() => import('../features/secret-ballots/secret-ballot.js'), 'SecretBallotPage'),
});
const disclosures = createRoute({
  getParentRoute,
  path: '/disclosures',
  validateSearch: keep<{ division?: string }>('division'),
  component: lazyPage(() => import('../features/disclosures/disclosures.js'), 'DisclosuresPage'),
});
const records = createRoute({
  getParentRoute,
  path: '/records',
  validateSearch: keep<{ register?: string; division?: string; ledger?: string }>('register', 'division', 'ledger'),
  component: lazyPage(() => import('../features/records/registers.js'), 'RegistersPage'),
});
const record = createRoute({
  getParentRoute,
  path: '/records/$id',
  component: lazyPage(() => import('../features/records/record.js'), 'RecordPage'),
});
const grids = createRoute({
  getParentRoute,
  path: '/grids',
  validateSearch: keep<{ division?: string }>('division'),
  component: lazyPage(() => import('../features/households/grid-map.js'), 'GridMapPage'),
});
const households = createRoute({
  getParentRoute,
  path: '/households',
  validateSearch: keep<{ division?: string; grid?: string; card?: string; label?: string }>(
    'division',
    'grid',
    'card',
    'label',
  ),
  component: lazyPage(() => import('../features/households/household-list.js'), 'HouseholdListPage'),
});
const household = createRoute({
  getParentRoute,
  path: '/households/$id',
  validateSearch: keep<{ division?: string; label?: string }>('division', 'label'),
  component: lazyPage(() => import('../features/households/household-card.js'), 'HouseholdCardPage'),
});
const householdCards = createRoute({
  getParentRoute,
  path: '/household-cards',
  validateSearch: keep<{ division?: string; grid?: string }>('division', 'grid'),
  component: lazyPage(() => import('../features/households/household-card.js'), 'PrintCardsPage'),
});
const ownCard = createRoute({
  getParentRoute,
  path: '/own-card',
  component: lazyPage(() => import('../features/households/household-card.js'), 'OwnCardPage'),
});
const signOn = createRoute({
  getParentRoute,
  path: '/sign-on',
  component: lazyPage(() => import('../features/session/sign-on-page.js'), 'SignOnPage'),
});
const account = createRoute({
  getParentRoute,
  path: '/account',
  component: lazyPage(() => import('../features/account/account.js'), 'AccountPage'),
});
const packs = createRoute({
  getParentRoute,
  path: '/packs',
  component: lazyPage(() => import('../features/policy-packs/packs.js'), 'PacksPage'),
});
const log = createRoute({
  getParentRoute,
  path: '/log',
  component: lazyPage(() => import('../features/log/log.js'), 'LogPage'),
});
const procedure = createRoute({
  getParentRoute,
  path: '/packs/$hash/$procedure',
  validateSearch: keep<{ division?: string; on?: string }>('division', 'on'),
  component: lazyPage(() => import('../features/policy-packs/procedure.js'), 'ProcedurePage'),
});

const approvals = createRoute({
  getParentRoute,
  path: '/approvals',
  component: lazyPage(() => import('../features/approvals/approvals.js'), 'ApprovalsPage'),
});
const decisions = createRoute({
  getParentRoute,
  path: '/decisions',
  validateSearch: keep<{ division?: string; procedure?: string }>('division', 'procedure'),
  component: lazyPage(() => import('../features/meetings/decisions.js'), 'DecisionsPage'),
});
const meetings = createRoute({
  getParentRoute,
  path: '/meetings',
  component: lazyPage(() => import('../features/meetings/list.js'), 'MeetingsPage'),
});
const newMeeting = createRoute({
  getParentRoute,
  path: '/meetings/new',
  validateSearch: keep<{ division?: string; roll?: string; matter?: string }>('division', 'roll', 'matter'),
  component: lazyPage(() => import('../features/meetings/call-meeting.js'), 'CallMeetingPage'),
});
const month = createRoute({
  getParentRoute,
  path: '/meetings/month',
  validateSearch: keep<{ month?: string }>('month'),
  component: lazyPage(() => import('../features/meetings/month.js'), 'MonthPage'),
});
const meeting = createRoute({
  getParentRoute,
  path: '/meetings/$id',
  component: lazyPage(() => import('../features/meetings/meeting.js'), 'MeetingPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    today,
    inbox,
    matters,
    matter,
    open,
    start,
    field,
    fieldPart,
    stations,
    imports,
    leader,
    topics,
    reports,
    report,
    people,
    body,
    logIns,
    webhooks,
    approvals,
    firstSteps,
    coverage,
    coverageReport,
    decisions,
    meetings,
    newMeeting,
    month,
    meeting,
    secretBallots,
    newSecretBallot,
    secretBallot,
    disclosures,
    records,
    record,
    grids,
    households,
    household,
    householdCards,
    ownCard,
    account,
    signOn,
    packs,
    procedure,
    log,
  ]),
  basepath: '/console',
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: PageFailed,
  defaultNotFoundComponent: PageMissing,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
