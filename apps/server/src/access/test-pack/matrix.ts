import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkout } from '../../installation.js';
import { askers, people, reaches, type Reach } from './askers.js';

/** Where the policy stands, as people review it. */
const matrixFile = path.join(checkout, 'docs/access/access.matrix.csv');
export const printedFile = path.join(checkout, 'docs/access/matrix.md');

/** One line of the matrix: who may do one thing with one resource in one state, and how far. */
export interface MatrixRow {
  readonly kind: 'route' | 'table';
  /** A route's path, or a table's name. */
  readonly resource: string;
  /** A method, or `read` `add` `change` `remove`. */
  readonly action: string;
  /** `-`, or a state of the thing that changes who may. */
  readonly state: string;
  /** What the thing is, in words. */
  readonly title: string;
  /** What somebody who may not is answered: `refused` (401, 403 or 404) or `empty` (a list without it). Tables: `-`. */
  readonly otherwise: 'refused' | 'empty' | '-';
  readonly cells: Readonly<Record<string, Reach | '-'>>;
}

export const columns = ['kind', 'resource', 'action', 'state', 'title', 'otherwise'] as const;

const keyOf = (row: Pick<MatrixRow, 'kind' | 'resource' | 'action' | 'state'>): string =>
  `${row.kind} ${row.action} ${row.resource} ${row.state}`;

/** Reads the matrix; throws in words on a line that is not one. */
export const readMatrix = (file = matrixFile): readonly MatrixRow[] => {
  const [head = '', ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const names = head.split(',');
  const wanted = [...columns, ...askers.map((asker) => asker.id)];
  if (names.join() !== wanted.join()) throw new Error(`${file}: the first line must be ${wanted.join()}`);
  const seen = new Set<string>();
  return lines.map((line, at) => {
    const where = `${path.basename(file)}:${at + 2}`;
    const values = line.split(',');
    if (values.length !== wanted.length)
      throw new Error(`${where}: ${values.length} cells instead of ${wanted.length}`);
    const [kind = '', resource = '', action = '', state = '', title = '', otherwise = ''] = values;
    const cells = Object.fromEntries(askers.map((asker, index) => [asker.id, values[columns.length + index]]));
    for (const [asker, cell] of Object.entries(cells)) {
      const fits = cell === '-' ? kind === 'route' && !people.some((one) => one.id === asker) : isReach(cell);
      if (!fits) throw new Error(`${where}: ${asker} has ${cell}; one of ${reaches.join(', ')} is needed`);
    }
    const row = { kind, resource, action, state, title, otherwise, cells } as MatrixRow;
    if (seen.has(keyOf(row))) throw new Error(`${where}: ${keyOf(row)} stands twice`);
    seen.add(keyOf(row));
    return row;
  });
};

const isReach = (cell: string | undefined): cell is Reach =>
  (reaches as readonly (string | undefined)[]).includes(cell);

/** A line as the file has it. */
export const lineOf = (row: MatrixRow): string =>
  [
    row.kind,
    row.resource,
    row.action,
    row.state,
    row.title,
    row.otherwise,
    ...askers.map((asker) => row.cells[asker.id]),
  ].join(',');
