import type { Opened } from '@lianxin/contract';
import type { FC } from 'hono/jsx';
import { Button } from '../components/button/button.js';
import { NoticeBanner } from '../components/notice-banner/notice-banner.js';
import { ReceiptSlip } from '../components/receipt-slip/receipt-slip.js';
import type { PageSetting } from '../setting.js';
import { showDay, showMoment } from '../words/days.js';
import { Frame } from './frame.js';

export interface ReceivedProps {
  readonly setting: PageSetting;
  readonly village: { readonly code: string; readonly name: string };
  readonly opened: Opened;
  readonly at: string;
  /** The same form had been received before: the same receipt is shown again. */
  readonly repeated: boolean;
}

/** The answer to a told need: receipt code, QR code, and the confirm secret, shown this once. */
export const Received: FC<ReceivedProps> = ({ setting, village, opened, at, repeated }) => {
  const words = setting.words.received;
  const { receipt } = opened;
  return (
    <Frame setting={setting} title={words.title} withoutSwitches unlisted>
      <div data-draft-received={village.code}>
        <NoticeBanner
          title={words.title}
          tone="good"
          text={repeated ? words.same : words.text(village.name)}
          announce
        />
      </div>
      <h1 class="visually-hidden">{words.title}</h1>
      <ReceiptSlip
        heading={words.slip}
        codeLabel={words.codeLabel}
        code={receipt.code}
        copyWords={words.copy}
        copiedWords={words.copied}
        qr={{ text: `${setting.origin}${receipt.track}`, label: words.qrLabel, caption: words.qrCaption }}
        rows={[
          { label: words.number, value: opened.number },
          { label: words.village, value: village.name },
          { label: words.day, value: showMoment(at, setting.language).text },
          ...(opened.due ? [{ label: words.due, value: showDay(opened.due, setting.language).text }] : []),
        ]}
        secret={
          receipt.confirmSecret
            ? { label: words.secretLabel, value: receipt.confirmSecret, explain: words.secretExplain }
            : undefined
        }
        keep={words.keep}
      />
      <div class="button-row screen-only">
        <Button label={words.track} href={receipt.track} />
        <button class="button button-secondary" type="button" data-print hidden>
          {words.printSlip}
        </button>
      </div>
      <section class="screen-only" aria-labelledby="next">
        <h2 id="next">{words.next}</h2>
        <ol class="next-steps">
          {[words.next1, words.next2, words.next3].map((line) => (
            <li>{line}</li>
          ))}
        </ol>
        <ul class="plain-links">
          <li>
            <a href={`/v/${village.code}/requests/new`}>{words.another}</a>
          </li>
          {receipt.verify ? (
            <li>
              <a href={receipt.verify}>{setting.words.track.logCheck}</a>
            </li>
          ) : null}
        </ul>
      </section>
    </Frame>
  );
};
