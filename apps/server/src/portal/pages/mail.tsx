import type { FC } from 'hono/jsx';
import { Button } from '../components/button/button.js';
import { NoticeBanner } from '../components/notice-banner/notice-banner.js';
import { SectionCard } from '../components/section-card/section-card.js';
import { TextField } from '../components/text-field/text-field.js';
import type { PageSetting } from '../setting.js';
import { mailWords } from '../words/mail.js';
import { Frame } from './frame.js';

/** How the last press about mail went, for the page that comes back. */
export type MailOutcome = { readonly done: 'asked' | 'removed' } | { readonly typed: string; readonly problem: string };

/** Where the holder of a receipt leaves an address, or takes it away. */
export const MailProgress: FC<{
  setting: PageSetting;
  receipt: string;
  ticket: { readonly commandId: string; readonly formToken: string };
  outcome?: MailOutcome | undefined;
}> = ({ setting, receipt, ticket, outcome }) => {
  const words = mailWords(setting.language);
  const failed = outcome !== undefined && 'problem' in outcome ? outcome : undefined;
  const done = outcome !== undefined && 'done' in outcome ? outcome.done : undefined;
  return (
    <div class="screen-only">
      <SectionCard id="mail" title={words.title} note={words.lead}>
        {done === 'asked' ? <NoticeBanner title={words.asked} tone="good" text={words.askedText} announce /> : null}
        {done === 'removed' ? <NoticeBanner title={words.removed} tone="good" announce /> : null}
        <form method="post" action={`/r/${receipt}/mail#mail`} novalidate>
          <input type="hidden" name="command" value={ticket.commandId} />
          <input type="hidden" name="form-token" value={ticket.formToken} />
          <TextField
            id="mail-address"
            name="address"
            label={words.address}
            hint={words.hint}
            error={failed?.problem}
            value={failed?.typed ?? ''}
            autocomplete="email"
            maxlength={200}
          />
          <div class="button-row">
            <Button label={words.leave} tone="secondary" name="do" value="leave" />
            <Button label={words.remove} tone="quiet" name="do" value="remove" />
          </div>
        </form>
      </SectionCard>
    </div>
  );
};

/** `/mail/{token}`: what a link in a mail leads to. Looking does nothing, since programs look into mail; pressing does. */
export const MailLinkPage: FC<{
  setting: PageSetting;
  token: string;
  act: 'confirm' | 'stop' | 'gone';
  done: boolean;
}> = ({ setting, token, act, done }) => {
  const words = mailWords(setting.language);
  const title = { confirm: words.confirmTitle, stop: words.stopTitle, gone: words.goneTitle }[act];
  return (
    <Frame setting={setting} title={title} trail={[{ href: '/', label: setting.words.home }]} unlisted>
      <h1>{title}</h1>
      {act === 'gone' ? <p>{words.gone}</p> : null}
      {act !== 'gone' && done ? (
        <NoticeBanner title={act === 'confirm' ? words.confirmed : words.stopped} tone="good" announce />
      ) : null}
      {act !== 'gone' && !done ? (
        <form method="post" action={`/mail/${token}`}>
          <p>{act === 'confirm' ? words.confirmLead : words.stopLead}</p>
          <Button label={act === 'confirm' ? words.confirm : words.stop} />
        </form>
      ) : null}
    </Frame>
  );
};
