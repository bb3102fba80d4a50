export { adviceOn } from './advice.js';
export type { CompositionGroup, CompositionPart } from './composition.js';
export { freeKeys } from './free-keys.js';
export {
  changesThatCount,
  effectiveOn,
  faultsOfChange,
  historyOf,
  yearlyTotal,
  type ChangedValues,
  type HistoryEntry,
  type RecordChange,
  type StandingRecord,
} from './history.js';
export { knownFields, registersRead, withKnown, type Elsewhere, type OtherRegister } from './known-fields.js';
export { ledgerOf, type LedgerGroup, type LedgerRow, type LedgerView } from './ledger.js';
export {
  judgeRecord,
  ruleOnRecord,
  type FieldFault,
  type GuardedRecord,
  type RecordSurroundings,
} from './rule-on-record.js';
export {
  askedFields,
  cellOf,
  sheetHead,
  readRows,
  rowsOf,
  type Cell,
  type ReadRow,
  type RowFault,
} from './sheet-rows.js';
export { sharedOf } from './share-records.js';
export { validateRecord, type RecordAround, type RecordFault } from './validate-record.js';
