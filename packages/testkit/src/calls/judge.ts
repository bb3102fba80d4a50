import { isDeepStrictEqual } from 'node:util';
import { FAULT_STATUS, Refusal } from '@lianxin/contract';
import type { ContractRoute } from './contract-routes.js';

/** An answer, read whole. */
export interface Heard {
  readonly status: number;
  readonly type: string;
  readonly bytes: Uint8Array;
  /** Undefined when the body is none, or no JSON. */
  readonly json: unknown;
  /** By which the server's own log names the request. */
  readonly requestId: string;
}

const statusByCode: Readonly<Record<string, number>> = FAULT_STATUS;

/** What must never reach the one who asked: a stack, a statement, a path of the machine. */
const inside = /\bat [^\s"]+ \(|node_modules|file:\/\/|\b(?:select|insert into|update|delete from) lx\.|\/src\/[a-z]/;

/** A sentence without the values it quotes: what was sent may well read `undefined`. */
const withoutQuoted = (sentence: string, quoted: readonly (string | number)[]): string =>
  quoted.reduce<string>((text, value) => (value === '' ? text : text.replaceAll(String(value), '')), sentence);

/** What is wrong about a refusal; undefined when it is one that people can read. */
const faultInRefusal = (heard: Heard): string | undefined => {
  const read = Refusal.safeParse(heard.json);
  if (!read.success) return `a refusal of another shape: ${read.error.issues[0]?.message ?? ''}`;
  const [first] = read.data.faults;
  if (first === undefined) return 'a refusal without a reason';
  for (const { code, what, cure, params } of read.data.faults) {
    if (statusByCode[code] === undefined) return `an unknown code: ${code}`;
    if (what.trim() === '' || cure?.trim() === '') return `a refusal without words: ${code}`;
    if (/\{[a-z]+\}|undefined|\[object/i.test(withoutQuoted(`${what}${cure ?? ''}`, Object.values(params))))
      return `a sentence with a hole: ${code}: ${what.slice(0, 200)}`;
  }
  if (statusByCode[first.code] !== heard.status) return `${first.code} with the status ${heard.status}`;
  return undefined;
};

/** Where two values begin to differ, lists by their first element that does; undefined when they are equal. */
const differingPlace = (read: unknown, sent: unknown, here = ''): string | undefined => {
  if (isDeepStrictEqual(read, sent)) return undefined;
  if (typeof read !== 'object' || typeof sent !== 'object' || read === null || sent === null) return here;
  for (const key of Object.keys(sent)) {
    if (!(key in read)) return `${here}.${key}`;
    const inside = differingPlace(
      read[key as never],
      sent[key as never],
      Array.isArray(sent) ? here : `${here}.${key}`,
    );
    if (inside !== undefined) return inside;
  }
  return here;
};

/** What is wrong about an answer, in words; undefined when the contract allows it. */
export const faultInAnswer = (route: ContractRoute, heard: Heard): string | undefined => {
  if (heard.status >= 500) return `answered ${heard.status}`;
  if (heard.status >= 400) return faultInRefusal(heard);
  const shape = route.answers.get(heard.status);
  if (shape === undefined) return `answered ${heard.status}, which the contract does not know`;
  if (shape.mediaTypes.length === 0) return heard.bytes.length === 0 ? undefined : 'a body where none is promised';
  if (shape.json === undefined) {
    if (heard.bytes.length === 0) return 'an empty file';
    const known = shape.mediaTypes.some((type) => type === 'application/octet-stream' || heard.type.startsWith(type));
    return known ? undefined : `a file of the kind ${heard.type}`;
  }
  const read = shape.json.safeParse(heard.json);
  if (!read.success) {
    const [issue] = read.error.issues;
    return `the answer is not of its shape: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`;
  }
  // What the shape does not name is left out by reading: an answer that says more than it promises shows here.
  const more = differingPlace(read.data, heard.json);
  return more === undefined ? undefined : `the answer says more than the contract promises: ${more}`;
};

/** A refusal may repeat what was sent, so only what the server adds is searched: the words of bugs. */
export const tellsInside = (heard: Heard, sent: string): boolean => {
  if (heard.status < 400) return false;
  const text = new TextDecoder().decode(heard.bytes);
  const found = inside.exec(text)?.[0];
  return found !== undefined && !sent.includes(found);
};
