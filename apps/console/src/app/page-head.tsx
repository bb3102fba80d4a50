import { useEffect, type ReactNode } from 'react';
import { useLanguage } from './language.js';

/** The head of a page: its one heading, what it is about, and what can be done with the page as a whole. Also the window's title. */
export function PageHead({
  title,
  above,
  actions,
  children,
}: {
  readonly title: string;
  readonly above?: ReactNode;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}) {
  const { words } = useLanguage();
  useEffect(() => {
    document.title = `${title} · ${words.product}`;
  }, [title, words.product]);
  return (
    <header className="page-head">
      {above}
      <div className="row">
        <h1>{title}</h1>
        {actions === undefined ? null : <div className="row no-print">{actions}</div>}
      </div>
      {children}
    </header>
  );
}

/** Shown while a page is read: said aloud once, and drawn as what will stand there, so that nothing jumps. */
export function Loading() {
  const { words } = useLanguage();
  return (
    <div className="loading" role="status">
      <span>{words.loading}</span>
      <i aria-hidden="true" />
      <i aria-hidden="true" />
      <i aria-hidden="true" />
    </div>
  );
}

/** A list with nothing in it: says so, and what would fill it. */
export function Empty({ text, hint }: { readonly text: string; readonly hint?: string }) {
  return (
    <div className="empty">
      <p>{text}</p>
      {hint === undefined ? null : <p className="quiet">{hint}</p>}
    </div>
  );
}

/** A link that downloads the list as a spreadsheet. */
export function SheetLink({ href }: { readonly href: string }) {
  const { words } = useLanguage();
  return (
    <a className="button" href={href} download>
      {words.exportSheet}
    </a>
  );
}

/** Prints what is on the screen. */
export function PrintButton() {
  const { words } = useLanguage();
  return (
    <button type="button" className="button" onClick={() => globalThis.print()}>
      {words.print}
    </button>
  );
}
