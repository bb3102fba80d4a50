/** A kind of file that may be attached, as found in the content. */
export interface FoundType {
  readonly mediaType: string;
  readonly extension: string;
  /** Images are written anew; documents are kept as they are and only ever offered for download. */
  readonly kind: 'image' | 'document';
}

const startsWith = (bytes: Uint8Array, signature: readonly number[], at = 0): boolean =>
  signature.every((byte, index) => bytes[at + index] === byte);

const text = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.subarray(from, to)).toString('latin1');

const image = (mediaType: string, extension: string): FoundType => ({ mediaType, extension, kind: 'image' });
const document = (mediaType: string, extension: string): FoundType => ({ mediaType, extension, kind: 'document' });

const officePackage = 'application/vnd.openxmlformats-officedocument';

/** What an office package is for shows in the names of its parts, which stand unpacked in the archive. */
const officeType = (bytes: Uint8Array): FoundType | undefined => {
  const names = Buffer.from(bytes).toString('latin1');
  if (!names.includes('[Content_Types].xml') || names.includes('vbaProject.bin')) return undefined;
  if (names.includes('word/document.xml')) return document(`${officePackage}.wordprocessingml.document`, 'docx');
  if (names.includes('xl/workbook.xml')) return document(`${officePackage}.spreadsheetml.sheet`, 'xlsx');
  return undefined;
};

/**
 * The type of a file by what it contains, or undefined when it is none of those accepted: JPEG, PNG, WebP, PDF, docx and xlsx
 * without macros. Names and headers are not asked, since they say what the sender wants.
 */
export const findType = (bytes: Uint8Array): FoundType | undefined => {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return image('image/jpeg', 'jpg');
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return image('image/png', 'png');
  if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP') return image('image/webp', 'webp');
  if (text(bytes, 0, 5) === '%PDF-') return document('application/pdf', 'pdf');
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return officeType(bytes);
  return undefined;
};

/** Accepted types in words, for the refusal. */
export const acceptedTypes = 'JPEG、PNG、WebP、PDF、docx、xlsx';

const named: Record<string, string> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  pdf: 'application/pdf',
  docx: `${officePackage}.wordprocessingml.document`,
  xlsx: `${officePackage}.spreadsheetml.sheet`,
};

/** What a file's name claims it is, or undefined when the name claims nothing we know. */
export const typeClaimedBy = (name: string): string | undefined =>
  named[/\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? ''];

/** The extension of a name, for the words of a refusal. */
export const extensionOf = (name: string): string => /\.([A-Za-z0-9]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? '—';
