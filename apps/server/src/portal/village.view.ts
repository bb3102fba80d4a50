import type { VillageBoard } from '../disclosures/index.js';
import type { HangingPosting } from '../matters/index.js';

/** Service office 服务窗口 of a village, as a stranger may see it: duty contacts only, never other people's data. */
export interface OfficeView {
  readonly name: string;
  /** The secretary heads the one office that takes in every need. */
  readonly director: string | null;
  readonly phone: string | null;
  readonly address: string | null;
  readonly hours: string | null;
}

/** A contact on duty: a person who holds a post that faces the public. */
export interface DutyContact {
  readonly name: string;
  readonly post: string;
  readonly phone: string | null;
}

/** A service residents may have done for them, from the catalogue in force. */
export interface ServiceView {
  readonly title: string;
  readonly department: string;
  readonly papers: readonly string[];
  readonly limit: string | null;
}

/** A shared demand 共性诉求: one matter for several villages, whose unit, date and answer each of them may read; nobody is named. */
export interface PublicItem {
  readonly subject: string;
  readonly state: 'open' | 'paused' | 'ended';
  readonly unit: string | null;
  readonly due: string | null;
  readonly answer: string | null;
  readonly recordedAt: string;
}

/** A village that this one came from 沿革, by a merge, a split or another code; its own page says the same the other way round. */
export interface FormerPart {
  readonly code: string;
  readonly name: string;
  readonly cause: 'merge' | 'split' | 'recode';
  /** The first day on which it was no more. */
  readonly endedOn: string;
  readonly source: string;
}

/** Village page 村页面: everything it shows, none of it personal beyond the names of those on duty. */
export interface VillageView {
  readonly code: string;
  readonly name: string;
  readonly kind: 'village' | 'community';
  readonly path: readonly { readonly code: string; readonly name: string }[];
  readonly counts: { readonly open: number; readonly paused: number; readonly ended: number };
  readonly office: OfficeView | null;
  readonly duty: readonly DutyContact[];
  readonly services: readonly ServiceView[];
  readonly items: readonly PublicItem[];
  /** What it published; missing where no catalogue is in force and nothing ever was. */
  readonly board?: VillageBoard | undefined;
  /** Resolutions and results that hang now, the first to end at the head. */
  readonly postings?: readonly HangingPosting[];
  /** Villages it came from, latest first; none for one that was always itself. */
  readonly before?: readonly FormerPart[];
}
