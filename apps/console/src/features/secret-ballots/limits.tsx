import { useBallotWords } from './words.js';

/** What a secret ballot cannot protect from, in plain words; the organiser reads it before opening one. */
export function Limits() {
  const said = useBallotWords();
  return (
    <details className="panel" open>
      <summary>{said.limits}</summary>
      <ul>
        {said.limitList.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </details>
  );
}
