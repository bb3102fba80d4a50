import { Link, useRouter } from '@tanstack/react-router';
import { useLanguage } from './language.js';
import { NoLine } from './lazy-page.js';
import { PageHead } from './page-head.js';
import { lastPerson, useHasPocket } from './pocket-mark.js';

/** Shown where a page could not be fetched for want of a line: what is open stays open, and the way back to what works without one. */
function PageAway() {
  const { words } = useLanguage();
  const router = useRouter();
  const carries = useHasPocket(lastPerson());
  return (
    <>
      <PageHead title={words.failed.title} />
      <p role="alert">{words.failed.noLine}</p>
      <p className="row left">
        <button type="button" className="button strong" onClick={() => void router.invalidate()}>
          {words.failed.again}
        </button>
        {carries ? (
          <Link className="button" to="/field">
            {words.nav.field}
          </Link>
        ) : null}
      </p>
    </>
  );
}

/** Shown where a page could not be drawn (页面出错): most often the console was renewed while it stood open, and a part of it has gone. */
export function PageFailed({ error }: { readonly error: unknown }) {
  const { words } = useLanguage();
  if (error instanceof NoLine) return <PageAway />;
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
