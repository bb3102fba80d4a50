import type { Fault } from '@lianxin/domain';

/** A file that is refused as a whole, thrown from wherever in its streams the reason is met. */
export class FileRefused extends Error {
  readonly faults: readonly Fault[];
  constructor(...faults: readonly Fault[]) {
    super(faults.map((one) => one.code).join(', '));
    this.faults = faults;
  }
}
