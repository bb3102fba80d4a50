import type { FC } from 'hono/jsx';
import type { PublicTally } from '../../secret-ballots/index.js';
import { EmptyState } from '../components/empty-state/empty-state.js';
import { SectionCard } from '../components/section-card/section-card.js';
import { SummaryList } from '../components/summary-list/summary-list.js';
import type { PageSetting } from '../setting.js';
import type { FoundVillage } from '../villages.js';
import { ballotWords } from '../words/ballots.js';
import { Frame } from './frame.js';
import { trailOf } from './village.js';

const Tally: FC<{ setting: PageSetting; ballot: PublicTally }> = ({ setting, ballot }) => {
  const words = ballotWords(setting.language);
  const { manifest, results } = ballot;
  const entitled = Object.values(manifest.entitled).reduce((sum, one) => sum + one, 0);
  const address = `${ballot.division.slice(0, 6)}/${ballot.id}`;
  const labelOf = (choice: string): string => (choice === '' ? words.abstained : (manifest.labels?.[choice] ?? choice));
  return (
    <SectionCard id={`ballot-${ballot.id}`} title={manifest.title} note={words.states[ballot.state]}>
      <SummaryList
        rows={[
          { label: words.days, value: `${manifest.opens} — ${manifest.closes}` },
          { label: words.entitled, value: String(entitled) },
        ]}
      />
      {results === null
        ? null
        : manifest.questions.map(({ id, title, choices }) => {
            const result = results[id];
            return (
              <div>
                <h3>{title}</h3>
                {result === undefined || !('counts' in result) ? (
                  <p class="muted">{words.withheld}</p>
                ) : (
                  <>
                    <SummaryList
                      rows={[...choices, ''].map((choice) => ({
                        label: labelOf(choice),
                        value: words.votes(result.counts[choice] ?? 0),
                      }))}
                    />
                    {result.invalid > 0 ? <p class="muted">{words.invalid(result.invalid)}</p> : null}
                  </>
                )}
              </div>
            );
          })}
      <p>
        <a href={`/ballot/${address}`}>{words.vote}</a>
      </p>
      <p>
        <a href={`/v/${ballot.division}/ballots/${ballot.id}/poster.pdf`}>{words.poster}</a>
      </p>
      {ballot.state === 'published' || ballot.state === 'withheld' ? (
        <>
          <p>
            <a href={`/api/public-ballots/${address}/file`}>{words.file}</a>
          </p>
          <p class="muted">
            {words.check} <code>{`lianxin verify ballot ballot-${ballot.id}.json --key KEY`}</code> {words.checkKey}
          </p>
        </>
      ) : null}
    </SectionCard>
  );
};

/** `/v/{code}/ballots`: what was asked in secret, what it came to, and how anybody checks it. */
export const BallotsOfVillage: FC<{
  setting: PageSetting;
  village: FoundVillage;
  ballots: readonly PublicTally[];
}> = ({ setting, village, ballots }) => {
  const words = ballotWords(setting.language);
  const here = { href: `/v/${village.code}`, label: village.name };
  return (
    <Frame setting={setting} title={`${village.name} ${words.title}`} trail={[...trailOf(setting, village.path), here]}>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {ballots.length === 0 ? <EmptyState text={words.none} /> : null}
      {ballots.map((ballot) => (
        <Tally setting={setting} ballot={ballot} />
      ))}
    </Frame>
  );
};
