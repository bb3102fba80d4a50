import { createHash } from 'node:crypto';

const names = new Map<string, string>();

/** How many different texts are prepared on a connection; a list with many filters beyond that is planned each time. */
const mostNames = 400;

/**
 * The name under which a statement is prepared, or undefined when too many texts have been seen.
 * Parsing and analysing the same text again costs more than running it.
 */
export const statementName = (text: string): string | undefined => {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= mostNames) return undefined;
  const name = `lx_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
  names.set(text, name);
  return name;
};
