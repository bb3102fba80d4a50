import type { FC } from 'hono/jsx';
import { idOfOption, Question } from '../field/field.js';

export interface KindCard {
  readonly value: string;
  /** The one character that stands for the kind, read as decoration: the title says it in full. */
  readonly mark: string;
  readonly title: string;
  readonly example: string;
  readonly tint?: 'need' | 'affair' | 'hardship' | 'worry' | 'plain' | undefined;
}

export interface KindCardsProps {
  readonly id: string;
  readonly name: string;
  readonly legend: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly cards: readonly KindCard[];
  readonly chosen?: string | undefined;
}

/** Kind cards 民情四类: radio buttons drawn as cards that a thumb cannot miss; each kind explained by an everyday example. */
export const KindCards: FC<KindCardsProps> = ({ id, name, legend, hint, error, cards, chosen }) => (
  <Question id={id} legend={legend} hint={hint} error={error}>
    <div class="kind-cards">
      {cards.map((card, index) => (
        <label class={`kind-card kind-${card.tint ?? 'plain'}`} for={idOfOption(id, index)}>
          <input
            class="kind-card-input"
            type="radio"
            id={idOfOption(id, index)}
            name={name}
            value={card.value}
            checked={card.value === chosen}
          />
          <span class="kind-card-mark" aria-hidden="true" lang="zh-CN">
            {card.mark}
          </span>
          <span class="kind-card-text">
            <span class="kind-card-title">{card.title}</span>
            <span class="kind-card-example">{card.example}</span>
          </span>
        </label>
      ))}
    </div>
  </Question>
);
