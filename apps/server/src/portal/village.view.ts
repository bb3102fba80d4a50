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

/** A matter in the public list: kind and progress; neither the person nor a word of what was written. */
export interface PublicItem {
  readonly number: string;
  readonly kindTitle: string;
  readonly state: 'open' | 'paused' | 'ended';
  readonly stageTitle: string | null;
  readonly holder: string | null;
  readonly openedAt: string;
  readonly due: string | null;
  readonly provisional: boolean;
  readonly overdueDays: number;
  readonly resultTitle: string | null;
}

/** Village page 村页面: everything it shows, none of it personal beyond the names of those on duty. */
export interface VillageView {
  readonly code: string;
  readonly name: string;
  readonly kind: 'village' | 'community';
  readonly path: readonly { readonly code: string; readonly name: string }[];
  readonly counts: {
    readonly open: number;
    readonly paused: number;
    readonly overdue: number;
    readonly closed: number;
  };
  readonly office: OfficeView | null;
  readonly duty: readonly DutyContact[];
  readonly services: readonly ServiceView[];
  readonly items: readonly PublicItem[];
  readonly next: string | null;
  /** False on a later page of the items, which then has a way back to the start. */
  readonly atStart: boolean;
}
