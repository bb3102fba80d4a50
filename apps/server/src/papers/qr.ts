import { renderSVG } from 'uqr';

/** A QR code 二维码 as vector drawing; level M, because a wall sheet gets wet and torn. */
export const qrDrawing = (text: string): string => renderSVG(text, { ecc: 'M', border: 3 });

/** The same code as a picture of 360 pixels, for word processors that show no vector drawings. */
export const qrPicture = async (text: string): Promise<Uint8Array> => {
  const { default: sharp } = await import('sharp');
  return new Uint8Array(
    await sharp(Buffer.from(qrDrawing(text)))
      .resize(360, 360, { kernel: 'nearest' })
      .png()
      .toBuffer(),
  );
};
