import type { Sharp } from 'sharp';
import { fault, ok, refuse, type Result } from '@lianxin/domain';
import type { FoundType } from './content-type.js';

/** A picture of 40 million points is more than any phone takes of a broken lamp; a small file can claim far more. */
const mostPixels = 40_000_000;
/** The longer edge of what is kept. */
const longestEdge = 2560;

/** An image as it is kept. */
export interface CleanImage {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

const encode = (picture: Sharp, type: FoundType): Sharp => {
  if (type.extension === 'png') return picture.png({ compressionLevel: 9 });
  return type.extension === 'webp' ? picture.webp({ quality: 82 }) : picture.jpeg({ quality: 82, mozjpeg: true });
};

/**
 * Writes an image anew: turned upright, at most 2560 points long, without any metadata, so that neither the place where a resident
 * stood nor a hidden passenger is kept. Refuses `file-unsafe` for what cannot be drawn or would fill the memory.
 */
export const cleanImage = async (bytes: Uint8Array, type: FoundType): Promise<Result<CleanImage>> => {
  // Loaded with the first picture: it brings a library of its own into the memory.
  const { default: sharp } = await import('sharp');
  try {
    const picture = sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error', sequentialRead: true, pages: 1 })
      .rotate()
      .resize({ width: longestEdge, height: longestEdge, fit: 'inside', withoutEnlargement: true });
    const { data, info } = await encode(picture, type).timeout({ seconds: 20 }).toBuffer({ resolveWithObject: true });
    return ok({ bytes: data, width: info.width, height: info.height });
  } catch {
    return refuse(fault('file-unsafe'));
  }
};
