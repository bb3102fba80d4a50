import type { Child, FC } from 'hono/jsx';

export interface SectionCardProps {
  readonly id: string;
  readonly title: string;
  readonly note?: string | undefined;
  readonly text?: string | undefined;
  readonly children?: Child;
}

/** Section card 栏目: one subject of a page, with a heading a screen reader can jump to. */
export const SectionCard: FC<SectionCardProps> = ({ id, title, note, text, children }) => (
  <section class="section-card" aria-labelledby={id}>
    <h2 class="section-card-title" id={id}>
      {title}
    </h2>
    {note ? <p class="section-card-note">{note}</p> : null}
    {text ? <p>{text}</p> : null}
    {children}
  </section>
);
