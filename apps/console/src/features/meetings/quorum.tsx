import type { WayView } from '@lianxin/contract';
import { useMeetingWords } from './words.js';

/** Whether enough came (到会够不够), seen before it is read: a bar with a mark at what is needed, and in words what is missing. */
export function Quorum({ ways }: { readonly ways: readonly WayView[] }) {
  const said = useMeetingWords();
  return (
    <>
      {ways.map((way) => (
        <div key={way.of} className={`quorum ${way.met ? 'met' : 'short'}`}>
          <div className="gauge" aria-hidden="true">
            <span style={{ width: `${Math.min(100, (100 * way.have) / Math.max(1, way.base))}%` }} />
            <i style={{ left: `calc(${(100 * way.need) / Math.max(1, way.base)}% - 3px)` }} />
          </div>
          <p role="status">
            {way.met ? said.enough(way.need, way.have) : said.missing(way.missing, way.need, way.have)}
            <span className="quiet">（{way.words}）</span>
          </p>
        </div>
      ))}
    </>
  );
}
