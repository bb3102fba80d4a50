import type { ActivePack, listPacksRoute } from '@lianxin/contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { Loading, PageHead } from '../../app/page-head.js';
import { homeOf, useMe } from '../../app/session.js';
import { Link } from '@tanstack/react-router';
import { Changes } from './changes.js';
import { usePackWords } from './words.js';

/** The rules in force here (制度依据): which pack, since when, with the hash that a resident can compare. */
export function PacksPage() {
  const { words } = useLanguage();
  const said = usePackWords();
  const me = useMe();
  const division = homeOf(me.data);
  const packs = useQuery({
    queryKey: ['packs', division],
    queryFn: () => call<typeof listPacksRoute>('get', '/api/policy-packs', { query: { division } }),
    enabled: division !== '',
  });
  return (
    <>
      <PageHead title={words.nav.packs}>
        <p className="quiet">{words.packs.lead}</p>
      </PageHead>
      {packs.isPending ? <Loading /> : null}
      <Faults error={packs.error} />
      {packs.data === undefined || packs.data.coming.length === 0 ? null : <Coming packs={packs.data.coming} />}
      {packs.data?.packs.map((pack) => (
        <section className="panel" key={pack.hash}>
          <h2>{pack.title}</h2>
          <PackLine pack={pack} />
          <ul>
            {pack.rules.map((rule) => (
              <li key={`${rule.id} ${rule.from}`}>
                {rule.kind === 'procedure' ? (
                  <Link
                    to="/packs/$hash/$procedure"
                    params={{ hash: pack.hash, procedure: rule.id }}
                    search={{ division, on: rule.from }}
                  >
                    {rule.title}
                  </Link>
                ) : (
                  rule.title
                )}{' '}
                <span className="quiet">{words.packs.since(rule.from)}</span>
              </li>
            ))}
          </ul>
          {pack.changes.length === 0 ? null : (
            <details>
              <summary>{said.changed}</summary>
              <Changes changes={pack.changes} />
            </details>
          )}
        </section>
      ))}
    </>
  );
}

/** What changes on a day that has not come, before it binds anybody. */
function Coming({ packs }: { readonly packs: readonly ActivePack[] }) {
  const said = usePackWords();
  return (
    <section className="panel">
      <h2>{said.coming}</h2>
      <p className="quiet">{said.comingLead}</p>
      {packs.map((pack) => (
        <div key={`${pack.hash} ${pack.from}`}>
          <h3>{pack.title}</h3>
          <PackLine pack={pack} />
          <Changes changes={pack.changes} />
        </div>
      ))}
    </section>
  );
}

function PackLine({ pack }: { readonly pack: ActivePack }) {
  const { words } = useLanguage();
  return (
    <p className="quiet">
      {pack.pack} {pack.version} · <code>{pack.hash.slice(0, 16)}</code> · {words.packs.since(pack.from)}
    </p>
  );
}
