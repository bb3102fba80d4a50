import { Button } from 'antd';
import { acceptLoss } from './pocket/pocket.js';
import { usePocket } from './pocket/use-pocket.js';
import { usePocketWords } from './words.js';

/** What was unsent when the browser cleared the phone's storage (浏览器清除): said once, until somebody has read it. */
export function LostNotice() {
  const words = usePocketWords();
  const { lost } = usePocket();
  if (lost === 0) return null;
  return (
    <section className="panel refusal" role="alert">
      <p>{words.lost(lost)}</p>
      <p>{words.lostCure}</p>
      <Button onClick={acceptLoss}>{words.lostRead}</Button>
    </section>
  );
}

/** Says that the browser may clear away what is unsent, where it has not promised to keep it. */
export function NotPromised() {
  const words = usePocketWords();
  const { promised } = usePocket();
  return promised === false ? <p className="quiet">{words.notPromised}</p> : null;
}
