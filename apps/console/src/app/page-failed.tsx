import { Link } from '@tanstack/react-router';
import { useLanguage } from './language.js';
import { PageHead } from './page-head.js';

/** Shown where a page could not be drawn (页面出错): most often the console was renewed while it stood open, and a part of it has gone. */
export function PageFailed() {
  const { words } = useLanguage();
  return (
    <>
      <PageHead title={words.failed.title} />
      <p role="alert">{words.failed.what}</p>
      <p>
        <button type="button" className="button strong" onClick={() => globalThis.location.reload()}>
          {words.failed.again}
        </button>
      </p>
    </>
  );
}

/** Shown at an address that leads nowhere. */
export function PageMissing() {
  const { words } = useLanguage();
  return (
    <>
      <PageHead title={words.missing.title} />
      <p>{words.missing.what}</p>
      <p>
        <Link to="/today">{words.nav.today}</Link>
      </p>
    </>
  );
}
