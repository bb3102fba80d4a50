import type { FC } from 'hono/jsx';

export interface ButtonProps {
  readonly label: string;
  /** `primary` at most once a screen; `quiet` for a way back; `warn` for what cannot be taken back. */
  readonly tone?: 'primary' | 'secondary' | 'quiet' | 'warn' | undefined;
  /** With an address it is a link that looks like a button; without, it submits its form. */
  readonly href?: string | undefined;
  readonly name?: string | undefined;
  readonly value?: string | undefined;
  /** The form it belongs to, when it stands outside of it. */
  readonly form?: string | undefined;
  /** Where to send the form, when a form has several buttons. */
  readonly action?: string | undefined;
  /** Said in full to a screen reader when the label is short. */
  readonly spoken?: string | undefined;
}

/** Button 按钮: the one thing to do here; large enough for a thumb, never disabled (what cannot be done is said in words). */
export const Button: FC<ButtonProps> = ({ label, tone = 'primary', href, name, value, form, action, spoken }) => {
  const look = `button button-${tone}`;
  if (href !== undefined)
    return (
      <a class={look} href={href} aria-label={spoken}>
        {label}
      </a>
    );
  return (
    <button class={look} type="submit" name={name} value={value} form={form} formaction={action} aria-label={spoken}>
      {label}
    </button>
  );
};
