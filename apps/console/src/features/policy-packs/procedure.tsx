import type { readProcedureRoute } from '@lianxin/contract';
import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { Loading, PageHead, PrintButton } from '../../app/page-head.js';
import { homeOf, useMe } from '../../app/session.js';

/** A rule as text (制度原样): the prose that the core writes from the rule itself, so that it cannot say something else. */
export function ProcedurePage() {
  const { words } = useLanguage();
  const { hash, procedure } = useParams({ from: '/packs/$hash/$procedure' });
  const search = useSearch({ from: '/packs/$hash/$procedure' });
  const me = useMe();
  const division = search.division ?? homeOf(me.data);
  const rule = useQuery({
    queryKey: ['procedure', hash, procedure, division, search.on],
    queryFn: () =>
      call<typeof readProcedureRoute>('get', '/api/policy-packs/{hash}/procedures/{id}', {
        params: { hash, id: procedure },
        query: { division, ...(search.on === undefined ? {} : { on: search.on }) },
      }),
  });
  if (rule.isPending) return <Loading />;
  if (rule.data === undefined) return <Faults error={rule.error} />;
  return (
    <>
      <PageHead title={rule.data.title} actions={<PrintButton />}>
        <p className="quiet">
          {rule.data.pack} · <code>{rule.data.hash.slice(0, 16)}</code>
          {rule.data.madeForReplay ? ` · ${words.packs.madeForReplay}` : null}
        </p>
      </PageHead>
      {rule.data.drawing.svg === null ? null : (
        <section className="panel">
          <img
            className="drawing"
            alt={rule.data.title}
            src={`data:image/svg+xml;utf8,${encodeURIComponent(rule.data.drawing.svg)}`}
          />
        </section>
      )}
      <section className="panel">
        <Prose text={rule.data.prose} />
      </section>
    </>
  );
}

/** The generated prose uses headings and lists alone, so that is all that is read here. */
function Prose({ text }: { readonly text: string }) {
  return text.split('\n').map((line, index) => {
    const key = `${index} ${line}`;
    const heading = /^(#+)\s+(.*)$/.exec(line);
    const item = /^(\s*)(?:-|\d+\.)\s+(.*)$/.exec(line);
    if (heading !== null) return heading[1] === '#' ? <h2 key={key}>{heading[2]}</h2> : <h3 key={key}>{heading[2]}</h3>;
    if (item !== null) {
      return (
        <p key={key} className="prose-item" style={{ marginLeft: `${1 + (item[1]?.length ?? 0) / 2}rem` }}>
          {item[2]?.replaceAll('**', '')}
        </p>
      );
    }
    return line.trim() === '' ? null : <p key={key}>{line.replaceAll('**', '')}</p>;
  });
}
