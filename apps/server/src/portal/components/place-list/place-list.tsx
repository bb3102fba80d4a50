import type { FC } from 'hono/jsx';

export interface Place {
  readonly name: string;
  readonly href: string;
  /** Where it lies, when the list mixes places of several townships. */
  readonly within?: string | undefined;
}

/** Place list 地名列表: names to choose from, in columns where there is room, each as tall as a finger. */
export const PlaceList: FC<{ label: string; places: readonly Place[] }> = ({ label, places }) => (
  <ul class="place-list" aria-label={label}>
    {places.map((place) => (
      <li>
        <a href={place.href}>
          <span class="place-name">{place.name}</span>
          {place.within ? <span class="place-within">{place.within}</span> : null}
        </a>
      </li>
    ))}
  </ul>
);
