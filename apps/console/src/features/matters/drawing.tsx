import type { MatterDetail } from '@lianxin/contract';
import { Link } from '@tanstack/react-router';
import { useLanguage } from '../../app/language.js';

/** What needs nothing more is drawn like what was done. */
const classOf = { done: 'done', skipped: 'done', current: 'current', again: 'ahead', ahead: 'ahead' } as const;

type Node = MatterDetail['drawing']['nodes'][number];

/**
 * How each stage stands, told from where the matter is now: one behind it that was never entered was not needed, one before it that was left
 * already comes again. The rule's own order says nothing of that.
 */
export const stagesOnTheWay = (nodes: readonly Node[]) => {
  const here = nodes.findIndex((node) => node.state === 'current');
  return nodes
    .map((node, at) => {
      if (here < 0) return { ...node, stands: node.state };
      if (at < here && node.state === 'ahead') return { ...node, stands: 'skipped' as const };
      return { ...node, stands: at > here && node.state === 'done' ? ('again' as const) : node.state };
    })
    .filter((node) => node.kind === 'stage' || node.state !== 'ahead');
};

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
        {stagesOnTheWay(drawing.nodes).map((node) => (
          <li
            key={node.id}
            className={classOf[node.stands]}
            aria-current={node.stands === 'current' ? 'step' : undefined}
          >
            {term(node.title)} <span className="quiet">{words.matters.stageStates[node.stands]}</span>
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
        {words.matters.pack}
        {words.colon}
        {matter.packTitle} {matter.packVersion}{' '}
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
