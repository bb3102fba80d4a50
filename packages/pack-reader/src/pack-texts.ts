import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';

/** The texts of one pack by path inside it (`proxy-service/from-2026-01-01.yaml`); what a server stores to read a version again. */
export type PackTexts = ReadonlyMap<string, string>;

/** Reads the texts of every pack below a folder; a folder is a pack when it holds `pack.yaml`. */
export function openPackTexts(root: string): ReadonlyMap<string, PackTexts> {
  const packs = new Map<string, PackTexts>();
  for (const entry of sorted(readdirSync(root, { withFileTypes: true }))) {
    if (entry.isDirectory() && existsSync(join(root, entry.name, 'pack.yaml'))) {
      packs.set(entry.name, readTexts(join(root, entry.name)));
    }
  }
  return packs;
}

/** Reads the YAML texts of one pack's folder, cases included. */
export function readTexts(folder: string): PackTexts {
  const texts = new Map<string, string>();
  const visit = (inner: string): void => {
    for (const entry of sorted(readdirSync(join(folder, inner), { withFileTypes: true }))) {
      const path = inner === '' ? entry.name : `${inner}/${entry.name}`;
      if (entry.isDirectory()) visit(path);
      else if (entry.name.endsWith('.yaml') || entry.name.endsWith('.yml')) {
        texts.set(path, readFileSync(join(folder, path), 'utf8'));
      }
    }
  };
  visit('');
  return texts;
}

function sorted<T extends { name: string }>(entries: readonly T[]): T[] {
  return [...entries].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A case describes the rules and is not one of them. */
export function isCaseFile(path: string): boolean {
  return path.split('/').includes('cases');
}

/**
 * The content hash 内容指纹 of a pack: SHA-256 over the paths and texts of its rules and over the hashes of the packs it extends.
 *
 * Cases and generated prose stay out, so that a further example does not look like a new rule; line ends are read as LF, so that
 * a checkout on another system has the same rules.
 */
export function hashOfPack(texts: PackTexts, basesHashes: readonly string[]): string {
  const hash = createHash('sha256');
  for (const [path, text] of [...texts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (isCaseFile(path)) continue;
    const body = text.replaceAll('\r\n', '\n');
    hash.update(`${path}\n${Buffer.byteLength(body)}\n${body}\n`);
  }
  for (const base of [...basesHashes].sort()) hash.update(`extends ${base}\n`);
  return hash.digest('hex');
}
