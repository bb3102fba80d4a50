import type { DrawingView } from '@lianxin/contract';
import { Link } from '@tanstack/react-router';
import { useLanguage } from '../../app/language.js';

/**
 * The procedure as a picture with where this matter stands, and the same as a list for those who cannot see it.
 *
 * The picture is drawn by the server from the pinned rule; it is shown as an image, so that nothing in it can act on the page.
 */
export function Drawing({
  drawing,
  title,
  hash,
}: {
  readonly drawing: DrawingView;
  readonly title: string;
  readonly hash: string;
}) {
  const { words } = useLanguage();
  return (
    <section className="panel">
      <h2>{words.matters.drawing}</h2>
      {drawing.svg === null ? null : (
        <img className="drawing" alt={title} src={`data:image/svg+xml;utf8,${encodeURIComponent(drawing.svg)}`} />
      )}
      <details open={drawing.svg === null}>
        <summary>{words.matters.drawingAsText}</summary>
        <ol className="stages">
          {drawing.nodes.map((node) => (
            <li key={node.id} className={node.state} aria-current={node.state === 'current' ? 'step' : undefined}>
              {node.title} <span className="quiet">{words.matters.stageStates[node.state]}</span>
            </li>
          ))}
        </ol>
      </details>
      <p>
        <Link to="/packs/procedures/$hash" params={{ hash }}>
          {words.matters.readRule}
        </Link>
      </p>
    </section>
  );
}
