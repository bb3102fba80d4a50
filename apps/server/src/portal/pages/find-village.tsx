import type { FC } from 'hono/jsx';
import { Button } from '../components/button/button.js';
import { EmptyState } from '../components/empty-state/empty-state.js';
import { PlaceList } from '../components/place-list/place-list.js';
import type { Place } from '../components/place-list/place-list.js';
import type { PageSetting } from '../setting.js';
import { Frame } from './frame.js';

export interface FindVillageProps {
  readonly setting: PageSetting;
  /** What was searched for, when something was. */
  readonly name: string;
  readonly found: readonly Place[] | null;
  /** Which list is shown: counties at first, then what lies below the chosen place. */
  readonly level: 'counties' | 'townships' | 'villages';
  readonly places: readonly Place[];
  readonly trail: readonly { readonly href: string; readonly label: string }[];
}

const Search: FC<{ setting: PageSetting; name: string }> = ({ setting, name }) => {
  const words = setting.words.find;
  return (
    <form class="search" method="get" action="/" role="search">
      <label class="field-label" for="name">
        {words.search}
      </label>
      <p class="field-hint" id="name-hint">
        {words.searchHint}
      </p>
      <div class="search-row">
        <input
          class="text-field"
          id="name"
          name="name"
          type="search"
          value={name}
          maxlength={40}
          autocomplete="off"
          aria-describedby="name-hint"
        />
        <Button label={words.searchButton} />
      </div>
    </form>
  );
};

const Steps: FC<{ setting: PageSetting }> = ({ setting }) => {
  const words = setting.words.find;
  const steps = [
    [words.step1, words.step1Text],
    [words.step2, words.step2Text],
    [words.step3, words.step3Text],
  ];
  return (
    <aside class="three-steps" aria-labelledby="three-steps">
      <h2 id="three-steps">{words.steps}</h2>
      <ol>
        {steps.map(([title, text]) => (
          <li>
            <strong>{title}</strong>
            <span>{text}</span>
          </li>
        ))}
      </ol>
    </aside>
  );
};

/** `/`: find your village by name or step by step, or enter the code of a receipt. */
export const FindVillage: FC<FindVillageProps> = ({ setting, name, found, level, places, trail }) => {
  const words = setting.words.find;
  return (
    <Frame setting={setting} title={words.title} trail={trail}>
      <div class="hero">
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <Search setting={setting} name={name} />
        <p class="hero-code">
          {words.haveCode} <a href="/r">{words.haveCodeLink}</a>
        </p>
      </div>
      <div class="columns">
        <div>
          {found ? (
            <section aria-live="polite">
              {found.length > 0 ? (
                <>
                  <h2>{words.found(name)}</h2>
                  <PlaceList label={words.found(name)} places={found} />
                </>
              ) : (
                <EmptyState text={words.nothing(name)} />
              )}
            </section>
          ) : null}
          <h2>{words[level]}</h2>
          {places.length > 0 ? <PlaceList label={words[level]} places={places} /> : <EmptyState text={words.none} />}
        </div>
        <Steps setting={setting} />
      </div>
    </Frame>
  );
};
