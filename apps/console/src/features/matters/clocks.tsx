import type { MatterDetail } from '@lianxin/contract';
import { Due } from '../../app/due.js';
import { useLanguage } from '../../app/language.js';
import { moment } from '../../app/moment.js';

/** Clocks and hands (时限与经办): until when, how long each clock ran and stood still, and who held the matter from when. */
export function Clocks({ matter }: { readonly matter: MatterDetail }) {
  const { words, language, term } = useLanguage();
  const levels: Readonly<Record<string, string>> = words.matters.levels;
  const levelOf = (level: string | null) => (level === null ? null : words.matters.atLevel(levels[level] ?? level));
  if (matter.clocks.length === 0 && matter.stations.length === 0) return null;
  return (
    <section className="panel">
      <h2>{words.matters.clocks}</h2>
      <ul className="plain clocks">
        {matter.clocks.map((clock) => (
          <li key={`${clock.id} ${clock.from}`}>
            <p className="row">
              <strong>{term(clock.title)}</strong>
              {clock.met ? (
                <span className="quiet">{words.matters.met}</span>
              ) : clock.pausedSince === null ? (
                <Due due={clock.due} overdueDays={clock.overdueDays} provisional={clock.provisional} />
              ) : (
                <span className="due soon">{words.matters.paused(moment(clock.pausedSince, language))}</span>
              )}
            </p>
            <p className="quiet">
              {words.matters.from} {moment(clock.from, language)} · {words.matters.dueOn(clock.due)}
            </p>
            {(clock.met ? [] : clock.pauses).map((pause) => (
              <p className="quiet" key={pause.from}>
                {words.matters.pausedFor(term(pause.cause))}
                {words.colon}
                {moment(pause.from, language)} –{' '}
                {pause.to === null ? words.matters.stillPaused : moment(pause.to, language)}
              </p>
            ))}
          </li>
        ))}
      </ul>
      {matter.stations.length === 0 ? null : (
        <>
          <h3>{words.matters.stations}</h3>
          <ol>
            {matter.stations.map((station) => (
              <li key={station.from}>
                {[station.body ?? levelOf(station.level), station.post].filter(Boolean).join(' · ') || words.none}{' '}
                <span className="quiet">{moment(station.from, language)}</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}
