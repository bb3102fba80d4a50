export {
  dutiesDue,
  timelinessOf,
  type DisclosureDuty,
  type DueItem,
  type DutyQuestion,
  type DutyState,
  type PublishedItem,
  type Timeliness,
} from './duties-due.js';
export { reachOf } from './late.js';
export { faultOfNotice, noticeStanding, type NoticeStanding } from './notice-period.js';
export { monthsOf, periodAt, periodsIn, titleOfPeriod, type DisclosurePeriod } from './periods.js';
export { faultsOfText, maskCell } from './public-text.js';
export { shownVersions, withVersion, type DisclosureVersion, type NextVersion, type ShownVersion } from './versions.js';
