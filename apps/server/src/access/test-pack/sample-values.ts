/** What a sample row is made from: where it lies, whether it is the asker's own, and ids that fit between tables. */
export interface SampleAt {
  readonly place: string;
  readonly division: string;
  readonly self: boolean;
  readonly asking: string;
  /** The id of another table's row at the same place, by the table's name. */
  readonly id: (table: string) => string;
  /** The id of another table's row in the asker's own village, wherever this one lies. */
  readonly idInVillage: (table: string) => string;
}

export type Values = Readonly<Record<string, unknown>>;
type Make = (at: SampleAt) => Values;

/** Columns of tables whose checks ask for more than a made-up value of the right type. A new table seldom needs a line here. */
export const sampleValues: Readonly<Record<string, Make>> = {
  body: () => ({ kind: 'office' }),
  chart_posting: ({ id }) => ({ map: id('grid_map'), chart: 'grid-map', channel: 'portal' }),
  command: ({ self, asking, place }) => ({
    actor: self ? `person:${asking}` : 'person:somebody-else',
    command_id: `c ${place}`,
  }),
  appointment_proposal: ({ asking, id }) => ({ asked_by: asking, person: id('person') }),
  minor_access: ({ asking }) => ({ asked_by: asking }),
  appointment: ({ id }) => ({ post: 'x', body: id('body') }),
  post: () => ({ id: 'administers', capabilities: ['administer'] }),
  recusal: ({ id }) => ({ item: id('meeting_item') }),
  vote_count: ({ id }) => ({ item: id('meeting_item') }),
  secret_ballot_roll: ({ id }) => ({ ballot: id('secret_ballot') }),
  secret_ballot_paper: ({ id }) => ({ ballot: id('secret_ballot') }),
  contact_need: ({ id }) => ({ visit: id('contact_visit') }),
  division: () => ({ code: '999902002001', level: 'village' }),
  duty_contact: () => ({ published_day: '2026-01-01' }),
  file: ({ self, asking, id }) => ({ uploaded_by: self ? asking : id('somebody') }),
  file_use: ({ id }) => ({ subject_kind: 'matter', subject: id('matter') }),
  grid_shape: ({ id }) => ({ map: id('grid_map') }),
  household_card_entry: ({ self, id }) => ({ card: id('household_card'), entered_by: self ? 'household' : 'office' }),
  matter_link: ({ id }) => ({ one: id('matter'), other: id('matter') }),
  webhook: ({ asking }) => ({ made_by: asking, kinds: ['board.publish'] }),
  person: ({ self, asking, id }) => (self ? { id: asking } : { id: id('person') }),
};

/** States of a thing that change who may read or change it; each has its line in the matrix. */
export const states: Readonly<Record<string, Readonly<Record<string, Make>>>> = {
  chart_posting: { board: ({ id }) => ({ map: id('grid_map'), channel: 'board', chart: 'grid-map' }) },
  // Drawn, and not posted on the portal.
  grid_map: { unposted: () => ({}) },
  grid_shape: { unposted: ({ id }) => ({ map: id('grid_map unposted') }) },
  household_card: { withdrawn: () => ({ withdrawn_on: '2026-02-01', withdrawn_by: 'household' }) },
  household_card_entry: { withdrawn: ({ id }) => ({ card: id('household_card withdrawn'), number: 9 }) },
  disclosure_question: { 'for-residents': () => ({ scope: 'residents' }) },
  disclosure_version: { 'for-residents': ({ id }) => ({ scope: 'residents', disclosure: id('disclosure for all') }) },
  meeting: {
    'open-to-all': () => ({ open_to_public: true }),
    party: () => ({ party: true }),
    'under-way': () => ({ open_to_public: true, state: 'open' }),
  },
  secret_ballot: { party: () => ({ party: true }) },
  invitation: { party: ({ id }) => ({ party: true, meeting: id('meeting party') }) },
  attendance: {
    'by-phone': ({ self, asking, id }) => ({
      kind: 'came',
      channel: 'phone',
      recorded_by: self ? asking : id('somebody'),
      meeting: id('meeting under-way'),
    }),
  },
  // A post that administers, which nobody gives alone.
  appointment: { administers: ({ id }) => ({ post: 'administers', person: id('person') }) },
  // The only version that an office makes itself: joint rules, pinned by their content.
  pack_version: { joint: () => ({ pack: 'joint', hash: `\\x${'07'.repeat(32)}` }) },
  access_log: { 'about-self': ({ self, asking }) => ({ subject: self ? asking : 'somebody else' }) },
  appointment_proposal: {
    'by-another': ({ id }) => ({ asked_by: id('somebody'), person: id('person') }),
  },
  minor_access: { 'by-another': ({ id }) => ({ asked_by: id('somebody') }) },
  command: {
    form: ({ place }) => ({ actor: `form:${place}` }),
    system: ({ place }) => ({ actor: `system:${place}` }),
  },
  duty_contact: { unpublished: () => ({ published_day: null }) },
  field_act: { 'own-elsewhere': ({ asking }) => ({ person: asking }) },
  file: {
    // Sent, and never attached to anything.
    unused: ({ self, asking, id }) => ({ uploaded_by: self ? asking : id('somebody') }),
    // Sent with a form a moment ago; belongs to nothing yet.
    unclaimed: () => ({ uploaded_by: null }),
    published: ({ id }) => ({ uploaded_by: id('somebody') }),
  },
  file_use: {
    published: ({ place, id }) => ({
      subject_kind: 'disclosure',
      file: id(`file published`),
      subject: id(`disclosure ${place}`),
    }),
    'about-asker': ({ id }) => ({ subject: id('matter about-asker'), file: id('file of complaint') }),
  },
  follow_up: {
    'about-asker': ({ id }) => ({ matter: id('matter about-asker') }),
    'of-village-matter': ({ idInVillage }) => ({ matter: idInVillage('matter') }),
  },
  inbox_item: {
    'about-asker': ({ asking, id }) => ({ barred: [asking], matter: id('matter about-asker') }),
    'of-hidden-matter': ({ id }) => ({ matter: id('no matter') }),
  },
  journal_entry: { sealed: () => ({ log_index: 1 }) },
  log_tile: { full: () => ({ hashes: `\\x${'00'.repeat(8192)}` }) },
  log_year: { frozen: () => ({ frozen_at: '2026-01-01T00:00:00Z' }) },
  matter: {
    'about-asker': ({ asking, id }) => ({ barred: [asking], filer: id('somebody') }),
    'asker-reads': ({ asking, id }) => ({ readers: [asking], filer: id('somebody') }),
  },
  act: {
    'about-asker': ({ id }) => ({ matter: id('matter about-asker') }),
    'of-village-matter': ({ idInVillage }) => ({ matter: idInVillage('matter') }),
  },
  matter_category: {
    'about-asker': ({ id }) => ({ matter: id('matter about-asker') }),
    'of-village-matter': ({ idInVillage }) => ({ matter: idInVillage('matter') }),
  },
  // Seen by whoever sees both matters: either may be the one that is hidden.
  matter_link: {
    'one-about-asker': ({ id }) => ({ one: id('matter about-asker') }),
    'other-about-asker': ({ id }) => ({ other: id('matter about-asker') }),
    'of-village-matter': ({ idInVillage }) => ({ one: idInVillage('matter'), other: idInVillage('matter') }),
  },
  matter_place: {
    'of-village-matter': ({ self, id, idInVillage }) => ({ matter: (self ? id : idInVillage)('matter asker-reads') }),
  },
  // What those who keep a record answer to what was said of it.
  record_word: {
    answering: ({ id }) => ({ kind: 'answer', answers: id('record_word'), answered_by: id('somebody') }),
  },
  matter_contact: { 'asker-reads': ({ id }) => ({ matter: id('matter asker-reads') }) },
};

/** What a change sets where keeping the value is no change that anybody could make. */
export const changes: Readonly<Record<string, string>> = {
  mail_address: 'confirmed_at = confirmed_at',
  matter_mail: 'confirmed_at = confirmed_at',
  push_subscription: 'told_at = told_at',
  webhook: 'off_at = off_at',
  webhook_delivery: 'attempts = attempts',
  journal_entry: 'log_index = 7',
  decision_use: 'uses = uses',
  minor_access: `decided_by = nullif(current_setting('lx.uid', true), '')::uuid`,
  appointment_proposal: `confirmed_by = nullif(current_setting('lx.uid', true), '')::uuid`,
};
