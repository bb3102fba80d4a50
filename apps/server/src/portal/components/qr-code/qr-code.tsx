import type { FC } from 'hono/jsx';
import { encode } from 'uqr';

export interface QrCodeProps {
  readonly text: string;
  /** What scanning it does, for someone who cannot see it. */
  readonly label: string;
  readonly size?: 'small' | 'large' | undefined;
}

/** One path for all dark modules: each row's runs as rectangles, which is a third of the bytes of one square a module. */
const pathOf = (rows: readonly (readonly boolean[])[]): string => {
  const runs: string[] = [];
  for (const [y, row] of rows.entries()) {
    let start = -1;
    for (let x = 0; x <= row.length; x += 1) {
      const dark = row[x] === true;
      if (dark && start < 0) start = x;
      if (!dark && start >= 0) {
        runs.push(`M${start} ${y}h${x - start}v1h-${x - start}z`);
        start = -1;
      }
    }
  }
  return runs.join('');
};

/** QR code 二维码: drawn as vector paths in the page, so that it prints sharply and needs neither a script nor a picture. */
export const QrCode: FC<QrCodeProps> = ({ text, label, size = 'small' }) => {
  const { data, size: modules } = encode(text, { ecc: 'M', border: 3 });
  return (
    <svg
      class={`qr-code qr-code-${size}`}
      role="img"
      aria-label={label}
      viewBox={`0 0 ${modules} ${modules}`}
      shape-rendering="crispEdges"
    >
      <path fill="#fff" d={`M0 0h${modules}v${modules}h-${modules}z`} />
      <path fill="#000" d={pathOf(data)} />
    </svg>
  );
};
