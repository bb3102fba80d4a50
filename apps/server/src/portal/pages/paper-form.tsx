import type { RequestForm } from '@lianxin/contract';
import type { FC } from 'hono/jsx';
import { QrCode } from '../components/qr-code/qr-code.js';
import type { PageSetting } from '../setting.js';
import type { VillageView } from '../village.view.js';
import { Frame } from './frame.js';
import { trailOf } from './village.js';

export interface PaperFormProps {
  readonly setting: PageSetting;
  readonly village: Pick<VillageView, 'code' | 'name' | 'path'>;
  readonly form: RequestForm;
}

const Lines: FC<{ count: number }> = ({ count }) => (
  <>
    {Array.from({ length: count }, () => (
      <div class="paper-lines" />
    ))}
  </>
);

const Box: FC<{ label: string; lines?: number }> = ({ label, lines = 0 }) => (
  <div class="paper-box">
    <p>{label}</p>
    <Lines count={lines} />
  </div>
);

/** `/v/{code}/requests/paper`: the counter form; a sheet of paper is a full channel, not a second-best one. */
export const PaperForm: FC<PaperFormProps> = ({ setting, village, form }) => {
  const words = setting.words.paper;
  // A complaint about a person must not be handed over the counter of the village: the sheet says where instead.
  const written = form.kinds.filter((kind) => kind.fields.every((field) => field.type !== 'person'));
  return (
    <Frame
      setting={setting}
      title={words.title}
      trail={[...trailOf(setting, village.path), { href: `/v/${village.code}`, label: village.name }]}
    >
      <div class="paper-form">
        <div class="paper-head">
          <div>
            <h1>{`${village.name} · ${words.title}`}</h1>
            <p>{words.lead}</p>
          </div>
          <QrCode text={`${setting.origin}/v/${village.code}/requests/new`} label={setting.words.village.qrLabel} />
        </div>
        <div class="paper-box">
          <p>{words.kind}</p>
          <ul class="paper-kinds">
            {written.map((kind) => (
              <li>{`☐ ${kind.title}`}</li>
            ))}
          </ul>
        </div>
        <Box label={words.what} lines={6} />
        <div class="paper-pair">
          <Box label={words.where} />
          <Box label={words.phone} />
          <Box label={words.name} />
          <Box label={words.date} />
          <Box label={words.signed} />
          <Box label={words.witness} />
        </div>
        <p>{words.against}</p>
        <p>{words.privacy}</p>
        <div class="paper-tear">
          <p>{words.tear}</p>
          <div class="paper-pair">
            <Box label={words.receipt} />
            <Box label={words.receiver} />
          </div>
          <p class="muted">{words.secretNote}</p>
        </div>
      </div>
      <button class="button button-primary screen-only" type="button" data-print hidden>
        {setting.words.print}
      </button>
    </Frame>
  );
};
