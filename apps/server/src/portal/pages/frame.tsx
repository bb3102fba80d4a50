import type { Child, FC } from 'hono/jsx';
import { PageShell } from '../components/page-shell/page-shell.js';
import type { PageSetting } from '../setting.js';

export interface FrameProps {
  readonly setting: PageSetting;
  readonly title: string;
  readonly trail?: readonly { readonly href: string; readonly label: string }[] | undefined;
  readonly carries?: string | undefined;
  readonly withoutSwitches?: boolean | undefined;
  readonly unlisted?: boolean | undefined;
  readonly children?: Child;
}

/** The frame of a page: the shell, filled with what this reader wants. */
export const Frame: FC<FrameProps> = ({ setting, title, trail, carries, withoutSwitches, unlisted, children }) => {
  const { words, assets } = setting;
  return (
    <PageShell
      language={setting.language}
      largePrint={setting.largePrint}
      title={title}
      words={words.shell}
      styleHref={assets.style.href}
      scriptHref={assets.script.href}
      address={setting.address}
      carries={carries}
      withoutSwitches={withoutSwitches}
      trail={trail}
      trailWords={words.trail}
      unlisted={unlisted}
    >
      {children}
    </PageShell>
  );
};
