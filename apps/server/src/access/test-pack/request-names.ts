import type { Named, Override } from './request-samples.js';

/**
 * Which thing a path's `:id` means, by the beginning of the path; the names are those of `things-at.ts`.
 * A new feature adds a line here when its paths carry an id.
 */
const idsByPath: readonly (readonly [path: string, thing: string])[] = [
  ['/api/appointments', 'appointment'],
  ['/api/bodies', 'body'],
  ['/api/body-links', 'bodyLink'],
  ['/api/contact-assignments', 'assignment'],
  ['/api/contact-visits', 'visit'],
  ['/api/convenience-stations', 'station'],
  ['/api/files', 'file'],
  ['/api/households/:id', 'household'],
  ['/api/follow-ups', 'followUp'],
  ['/api/grids', 'grid'],
  ['/api/matters', 'matter'],
  ['/api/organisations', 'organisation'],
  ['/api/records', 'record'],
  ['/api/persons', 'person'],
  ['/api/meetings', 'meeting'],
  ['/api/minor-accesses', 'minorAccess'],
  ['/api/appointment-proposals', 'proposal'],
  ['/api/service-room-tasks', 'task'],
  ['/api/secret-ballots', 'ballot'],
  ['/api/public-ballots', 'ballot'],
  ['/ballot/', 'ballot'],
  ['/v/:code/ballots/', 'ballot'],
];

/** What a route needs besides its description: values that no schema can tell. A new route seldom needs a line. */
const inCounty = ({ division }: Named) => ({ query: { jurisdiction_id: String(division).slice(0, 6) } });

const overrides: Readonly<Record<string, (things: Named) => Override>> = {
  'GET /api/bodies/:id/route': ({ office }) => ({ query: { to: office } }),
  'POST /api/appointments': ({ gridBody }) => ({ body: { post: 'grid-leader', body: gridBody } }),
  'POST /api/bodies': () => ({ body: { kind: 'volunteer-team', name: '志愿队' } }),
  'POST /api/body-links': ({ body, gridBody }) => ({ body: { fromBody: gridBody, toBody: body, kind: 'serves' } }),
  'POST /api/contact-assignments': ({ freeHousehold, member }) => ({ body: { household: freeHousehold, member } }),
  'POST /api/establishments': ({ gridBody }) => ({ body: { post: 'grid-leader', body: gridBody, seats: 3 } }),
  'POST /api/grids/:id/party-group': ({ partyGroup }) => ({ body: { body: partyGroup } }),
  'POST /api/matters': () => ({ body: { kind: 'need', fields: { wanted: '修路灯' }, onBehalfOf: { name: '某人' } } }),
  'POST /api/matters/:id/acts': () => ({ body: { act: 'accept', fields: {}, baseVersion: 1 } }),
  'POST /api/matters/:id/follow-ups': () => ({ body: { text: '请办', due: '2026-04-01' } }),
  'POST /api/matters/:id/category': () => ({ body: { path: ['道路出行', '村组道路', '路面破损'] } }),
  'GET /api/persons/:id': () => ({ query: { purpose: '核对' } }),
  'POST /api/appointment-proposals': ({ gridBody, person }) => ({
    body: { person, post: 'grid-leader', body: gridBody },
  }),
  'POST /api/minor-accesses': ({ child }) => ({ body: { person: child } }),
  'POST /api/minor-accesses/:id/decision': () => ({ body: { approve: false, days: 1 } }),
  'POST /api/office-management': ({ office }) => ({ body: { body: office } }),
  'POST /api/registers/:register/records': () => ({ body: { fields: { room: '一室', slot: 'morning', seats: 3 } } }),
  'POST /api/records/:id/changes': () => ({ body: { reason: '更正', fields: { seats: 5 } } }),
  'GET /api/policy-packs/:hash/procedures/:id/bpmn': ({ pack }) => ({ path: { hash: pack, id: 'tea-request' } }),
  'GET /api/policy-packs/:hash/procedures/:id': ({ pack }) => ({ path: { hash: pack, id: 'tea-request' } }),
  'GET /data/:county/catalog.jsonld': ({ division }) => ({ path: { county: String(division).slice(0, 6) } }),
  'GET /api/divisions': ({ division }) => ({ query: { within: division } }),
  'GET /api/imports/progress/:run': () => ({ path: { run: 'run-12345678' } }),
  'POST /api/imports/people': () => ({ body: { sha256: '0'.repeat(64) } }),
  'GET /api/receipts/:code': ({ receipt }) => ({ path: { code: receipt } }),
  'POST /api/receipts/:code/acts': ({ receipt }) => ({ path: { code: receipt } }),
  'GET /open311/v2/requests.json': inCounty,
  'GET /open311/v2/requests.xml': inCounty,
  'GET /open311/v2/services.json': inCounty,
  'GET /open311/v2/services.xml': inCounty,
  'GET /open311/v2/servicerequestupdates.json': (things) => ({
    query: { ...inCounty(things).query, service_request_id: things.receipt },
  }),
  'GET /open311/v2/servicerequestupdates.xml': (things) => ({
    query: { ...inCounty(things).query, service_request_id: things.receipt },
  }),
  'GET /open311/v2/services/:service': (things) => ({
    ...inCounty(things),
    path: { service: 'tea-request.need.json' },
  }),
  'GET /open311/v2/requests/:request': (things) => ({
    ...inCounty(things),
    path: { request: `${String(things.receipt)}.json` },
  }),
  'GET /open311/v2/tokens/:token': (things) => ({
    ...inCounty(things),
    path: { token: `${String(things.receipt)}.json` },
  }),
  // An address by itself: no name is asked for, and nothing is sent.
  'POST /api/webhooks': () => ({ body: { url: 'https://93.184.216.34/hook', kinds: ['board.publish'] } }),
  'POST /api/grids': () => ({ body: { code: '007', name: '第七网格' } }),
};

const nothingPublished = 'disclosures.test.ts and the journey of a month-end: something has to be published first';

/** Routes that are not asked here, each with where they are asked instead. */
export const askedElsewhere: Readonly<Record<string, string>> = {
  'POST /api/villages/:division/grid-map': 'households.test.ts: a drawing without gap or overlap has to be sent',
  'POST /api/villages/:division/grid-map/check': 'households.test.ts: a drawing has to be sent',
  'POST /api/grid-maps/:id/postings': 'households.test.ts: a map has to be saved first',
  'POST /api/households/import': 'households.test.ts: a sheet has to be sent',
  'POST /api/households/:id/location': 'households.test.ts: a door on a map',
  'GET /api/households/:id/card': 'households.test.ts: each reading is written down',
  'POST /api/households/:id/card': 'households.test.ts: one card a household, and no second',
  'POST /api/household-cards/:id/corrections': 'households.test.ts: a card has to be issued first',
  'POST /api/household-cards/:id/withdrawal': 'households.test.ts: a card has to be issued first',
  'GET /api/households/mine/card': 'households.test.ts: the household asks, with its own card',
  'GET /api/divisions/:code/history': 'succession.test.ts: two villages have to merge first',
  'GET /api/bodies/:id/route': 'route-path.test.ts: a whole chain of offices has to stand first',
  'POST /api/matters/:id/links': 'topics.test.ts: it takes two requests',
  'POST /api/matter-links/:id/undo': 'topics.test.ts: it takes two requests that were linked',
  'GET /v/:code/board/:id': nothingPublished,
  'GET /v/:code/board/:id/paper.docx': nothingPublished,
  'GET /v/:code/board/:id/print.pdf': nothingPublished,
  'GET /v/:code/board/:id/table.csv': nothingPublished,
  'GET /v/:code/board/:id/table.xlsx': nothingPublished,
  'GET /v/:code/board/:id/wall.pdf': nothingPublished,
  'POST /v/:code/board/:id': nothingPublished,
  'GET /v/:code/open/:register': 'open.test.ts: a register has to be open to the public',
  'GET /v/:code/open/:register/:id': 'open.test.ts: a register has to be open to the public',
  'GET /v/:code/progress/:id': 'open.test.ts: a matter has to show its course',
  'GET /v/:code/service-booklet.pdf': 'open.test.ts: a catalogue has to have a booklet',
  'GET /v/:code/decisions/:id': 'decisions.test.ts: a decision has to be published first',
  'GET /v/:code/decisions/:id/file': 'decisions.test.ts: a decision has to be published first',
  'POST /v/:code/decisions/:id': 'decisions.test.ts: a decision has to be published first',
  'POST /api/decision-words/:id/answer': 'decisions.test.ts: it takes a query',
  'POST /api/record-words/:id/answer': 'own-record.test.ts: it takes an objection',
  'GET /api/decision-words/:id/sender': 'decisions.test.ts: it takes a name that was left',
  'GET /api/records/:id/slip': 'own-record.test.ts: it takes a record about a household',
  'GET /own-record/:county/:id': 'own-record.test.ts: it takes the code of a slip',
  'POST /own-record/:county/:id': 'own-record.test.ts: it takes the code of a slip',
  'GET /certificates/:county/:file': 'certificates.test.ts: a decision has to be finished first',
  'GET /certificates/:county/:id': 'certificates.test.ts: a decision has to be finished first',
  'POST /api/meetings/:id/items/:item/adjourn': 'the tests of meetings: it takes an item of an agenda',
  'POST /api/meetings/:id/items/:item/close': 'the tests of meetings: it takes an item of an agenda',
  'POST /api/meetings/:id/items/:item/conclude': 'the tests of meetings: it takes an item of an agenda',
  'POST /api/meetings/:id/items/:item/counts': 'the tests of meetings: it takes an item of an agenda',
  'POST /api/meetings/:id/items/:item/hand-over': 'the tests of meetings: it takes an item of an agenda',
  'POST /api/meetings/:id/items/:item/open': 'the tests of meetings: it takes an item of an agenda',
  'POST /api/meetings/:id/items/:item/recusals': 'the tests of meetings: it takes an item of an agenda',
  'GET /api/meetings/:id/papers/:file': 'the tests of meetings: it takes a paper of a meeting',
  'POST /api/meetings': 'the tests of meetings: it takes a body with a roll',
  'POST /api/meetings/:id/proxies': 'the tests of meetings: it takes two persons of a roll',
  'POST /api/secret-ballots':
    'the tests of secret ballots: keys of a box, an issuer and trustees have to be made first',
  'GET /api/secret-ballots/:id':
    'the tests of secret ballots: keys of a box, an issuer and trustees have to be made first',
  'GET /api/secret-ballots/:id/slips':
    'the tests of secret ballots: keys of a box, an issuer and trustees have to be made first',
  'POST /api/secret-ballots/:id/channel':
    'the tests of secret ballots: keys of a box, an issuer and trustees have to be made first',
  'POST /api/secret-ballots/:id/sheets':
    'the tests of secret ballots: keys of a box, an issuer and trustees have to be made first',
  'POST /api/secret-ballots/:id/close':
    'the tests of secret ballots: keys of a box, an issuer and trustees have to be made first',
  'POST /api/secret-ballots/:id/publish':
    'the tests of secret ballots: keys of a box, an issuer and trustees have to be made first',
  'GET /v/:code/ballots/:id/poster.pdf':
    'the tests of secret ballots: keys of a box, an issuer and trustees have to be made first',
  'GET /api/public-ballots/:county/:id':
    'the tests of secret ballots: keys of a box, an issuer and trustees have to be made first',
  'GET /api/public-ballots/:county/:id/file':
    'the tests of secret ballots: keys of a box, an issuer and trustees have to be made first',
  'POST /api/public-ballots/:county/:id/tokens':
    'the tests of secret ballots: keys of a box, an issuer and trustees have to be made first',
  'POST /api/disclosures/drafts': 'the tests of disclosures: it takes an item of a catalogue',
  'POST /api/disclosures/drafts/:id/check': 'the tests of disclosures: it takes a draft',
  'POST /api/disclosures/drafts/:id/publish': 'the tests of disclosures: it takes a draft',
  'POST /api/disclosures/drafts/:id/text': 'the tests of disclosures: it takes a draft',
  'POST /api/disclosures/questions/:id/answer': 'the tests of disclosures: it takes a question',
  'POST /api/disclosures/:id/postings': 'the tests of disclosures: it takes a disclosure',
  'POST /api/disclosures/:id/withdraw': 'the tests of disclosures: it takes a disclosure',
  'GET /api/disclosures/desk': 'the tests of disclosures: the desk is a village’s',
  'POST /log/:county/:year/cosignature': 'the tests of the log: it takes a witness’s signature',
  'POST /api/accounts/:person/second-factor-reset': 'second-factor.test.ts: it takes somebody with an account',
  'POST /api/log-ins/:person/closing': 'the tests of log-ins: it takes somebody with a log-in',
  'POST /api/log-ins/:person/reopening': 'the tests of log-ins: it takes somebody with a log-in',
  'POST /api/log-ins/:person/sign-on': 'the tests of log-ins: it takes somebody with a log-in',
  'POST /api/log-ins/:person/unlocking': 'the tests of log-ins: it takes somebody with a log-in',
  'POST /api/log-ins/:person/password': 'the tests of log-ins: it takes somebody with a log-in',
  'POST /api/sharing/:item/exports': 'the tests of sharing: it takes an item of a catalogue',
  'POST /api/session': 'access.test.ts: five wrong tries close the door for everybody who comes after',
  'POST /api/session/lock': 'profile.test.ts: nothing is answered to whoever comes after',
  'POST /api/session/unlock': 'profile.test.ts: five wrong tries close the door for everybody who comes after',
  'POST /api/session/second-factor': 'second-factor.test.ts: it takes a first step',
  'POST /api/account/passkeys': 'passkeys.test.ts: a device has to sign',
  'POST /api/account/passkeys/offer': 'passkeys.test.ts: a device has to sign',
  'POST /api/account/passkeys/:passkey/removal': 'passkeys.test.ts: a device has to sign',
  'POST /api/session/passkey': 'passkeys.test.ts: a device has to sign',
  'POST /api/session/passkey/offer': 'passkeys.test.ts: a device has to sign',
  'POST /api/account/sign-on': 'sign-on.test.ts: it takes a provider',
  'POST /api/account/sign-on/removal': 'sign-on.test.ts: it takes a provider',
  'POST /api/session/sign-on': 'sign-on.test.ts: it takes a provider',
  'POST /api/session/sign-on/offer': 'sign-on.test.ts: it takes a provider',
  'POST /api/account/password': 'second-factor.test.ts: every session would end',
  'POST /api/account/second-factor': 'second-factor.test.ts: it takes the password',
  'POST /api/account/second-factor/confirmation': 'second-factor.test.ts: it takes a code',
  'POST /api/account/second-factor/removal': 'second-factor.test.ts: it takes the password',
  'POST /api/account/sessions/:session/end': 'second-factor.test.ts: it takes a session of one’s own',
  'POST /open311/v2/requests.json': 'open311.test.ts: it takes a form with a jurisdiction and a place',
  'POST /open311/v2/requests.xml': 'open311.test.ts: it takes a form with a jurisdiction and a place',
  'POST /api/account/push': 'push.test.ts: it takes the keys of a browser',
  'POST /api/account/push/removal': 'push.test.ts: it takes a browser that rings',
  'POST /api/account/mail': 'mail.test.ts: a mail server has to be connected first',
  'POST /api/account/mail/removal': 'mail.test.ts: an address has to be left first',
  'POST /r/:receipt/mail': 'mail.test.ts: a mail server has to be connected first',
  'GET /mail/:token': 'mail.test.ts: it takes a link of a mail',
  'POST /mail/:token': 'mail.test.ts: it takes a link of a mail',
  'POST /api/webhooks/:id/test': 'webhooks.test.ts: a webhook has to be added first',
  'POST /api/webhooks/:id/secret': 'webhooks.test.ts: a webhook has to be added first',
  'POST /api/webhooks/:id/switch': 'webhooks.test.ts: a webhook has to be added first',
  'POST /api/webhooks/:id/end': 'webhooks.test.ts: a webhook has to be added first',
  'DELETE /api/session': 'access.test.ts: whoever asks is not logged in any more',
};

/** Names and override for one route about the things of one place. */
export const namesFor = (method: string, route: string, things: Named): { named: Named; override: Override } => {
  const thing = idsByPath.find(([path]) => route.startsWith(path))?.[1];
  const id = thing === undefined ? undefined : things[thing];
  const override = overrides[`${method} ${route}`]?.(things) ?? {};
  return { named: { ...things, ...(thing === undefined ? {} : { id }) }, override };
};
