import type { FC } from 'hono/jsx';
import { Button } from '../components/button/button.js';
import { ErrorSummary } from '../components/error-summary/error-summary.js';
import { TextField } from '../components/text-field/text-field.js';
import type { Problem } from '../forms/draft.js';
import type { PageSetting } from '../setting.js';
import { Frame } from './frame.js';

export interface EnterReceiptProps {
  readonly setting: PageSetting;
  readonly typed: string;
  readonly problem?: Problem | undefined;
}

/** `/r`: type the code of a receipt; sent by POST, so that a mistyped code stays out of the address bar and its history. */
export const EnterReceipt: FC<EnterReceiptProps> = ({ setting, typed, problem }) => {
  const words = setting.words.enter;
  return (
    <Frame setting={setting} title={words.title} trail={[{ href: '/', label: setting.words.home }]}>
      <h1>{words.title}</h1>
      {problem ? (
        <ErrorSummary
          title={problem.message}
          items={[{ message: problem.cure ?? problem.message, field: 'code', code: problem.code }]}
          codeWords={setting.words.code}
        />
      ) : null}
      <form method="post" action="/r">
        <TextField
          id="code"
          name="code"
          label={words.label}
          hint={words.hint}
          error={problem?.message}
          value={typed}
          autocomplete="off"
        />
        <div class="button-row">
          <Button label={words.button} />
        </div>
      </form>
    </Frame>
  );
};
