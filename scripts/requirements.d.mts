export interface Requirement {
  readonly id: string;
  readonly family: string;
  readonly milestone: string;
  readonly document: string;
  readonly clause: string;
  readonly check: string;
}
export function readRequirements(): Requirement[];
export function readChecks(): Set<string>;
export function idsInTitle(title: string): string[];
export function titlesIn(source: string): { title: string; ids: string[] }[];
export function coversIn(source: string): { title: string; ids: string[] };
export function coverage(): (Requirement & { counts: boolean; coveredBy: string[] })[];
