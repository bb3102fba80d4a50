import type { MatterDetail } from '@lianxin/contract';
import { Link } from '@tanstack/react-router';
import { useLanguage } from '../../app/language.js';

/**
 * The procedure as a picture with where this matter stands (流程图), and the same as a list for those who cannot see it.
 *
 * The picture is drawn by the server from the pinned rule; it is shown as an image, so that nothing in it can act on the page.
 */
export function Drawing({ matter }: { readonly matter: MatterDetail }) {
  const { words, term } = useLanguage();
  const { drawing } = matter;
  return (
    <section className="panel">
      <h2>{words.matters.drawing}</h2>
      <ol className="stages">
        {drawing.nodes
          .filter((node) => node.kind === 'stage' || node.state !== 'ahead')
          .map((node) => (
            <li key={node.id} className={node.state} aria-current={node.state === 'current' ? 'step' : undefined}>
              {term(node.title)} <span className="quiet">{words.matters.stageStates[node.state]}</span>
            </li>
          ))}
      </ol>
      {drawing.svg === null ? null : (
        <details className="no-print">
          <summary>{words.matters.drawingAsPicture}</summary>
          <img
            className="drawing"
            alt={matter.procedureTitle}
            src={`data:image/svg+xml;utf8,${encodeURIComponent(drawing.svg)}`}
          />
        </details>
      )}
      <p className="quiet">
        {words.matters.pack}：{matter.packTitle} {matter.packVersion}{' '}
        <Link
          className="no-print"
          to="/packs/$hash/$procedure"
          params={{ hash: matter.procedureHash, procedure: matter.procedure }}
          search={{ division: matter.division }}
        >
          {words.matters.readRule}
        </Link>
      </p>
    </section>
  );
}
