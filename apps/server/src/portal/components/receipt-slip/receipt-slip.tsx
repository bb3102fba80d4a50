import type { FC } from 'hono/jsx';
import { QrCode } from '../qr-code/qr-code.js';

export interface ReceiptSlipProps {
  readonly heading: string;
  readonly codeLabel: string;
  readonly code: string;
  readonly copyWords: string;
  readonly copiedWords: string;
  readonly qr: { readonly text: string; readonly label: string; readonly caption: string };
  readonly rows: readonly { readonly label: string; readonly value: string }[];
  /** The second secret 确认码, shown once; a slip printed by staff is sealed and never shows it on a screen. */
  readonly secret?: { readonly label: string; readonly value: string; readonly explain: string } | undefined;
  readonly keep: string;
}

/** Receipt slip 凭条: what a resident holds in the hand, on a screen or on paper; reads the same in both. */
export const ReceiptSlip: FC<ReceiptSlipProps> = (props) => (
  <section class="receipt-slip" aria-labelledby="receipt-slip-heading">
    <h2 class="receipt-slip-heading" id="receipt-slip-heading">
      {props.heading}
    </h2>
    <div class="receipt-slip-main">
      <div class="receipt-slip-words">
        <p class="receipt-slip-label" id="receipt-code-label">
          {props.codeLabel}
        </p>
        <p class="receipt-slip-code">
          <span id="receipt-code" data-copy-words={props.copyWords} data-copied-words={props.copiedWords}>
            {props.code}
          </span>
        </p>
        <dl class="receipt-slip-rows">
          {props.rows.map((row) => (
            <div>
              <dt>{row.label}</dt>
              <dd>{row.value}</dd>
            </div>
          ))}
        </dl>
      </div>
      <figure class="receipt-slip-qr">
        <QrCode text={props.qr.text} label={props.qr.label} />
        <figcaption>{props.qr.caption}</figcaption>
      </figure>
    </div>
    {props.secret ? (
      <div class="receipt-slip-secret">
        <p class="receipt-slip-label">{props.secret.label}</p>
        <p class="receipt-slip-secret-value">{props.secret.value}</p>
        <p class="receipt-slip-explain">{props.secret.explain}</p>
      </div>
    ) : null}
    <p class="receipt-slip-keep">{props.keep}</p>
  </section>
);
