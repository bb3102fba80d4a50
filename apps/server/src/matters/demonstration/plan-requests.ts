import type { DemonstrationRequests } from '@lianxin/pack-reader';
import { addDays, type Instant, type PlainDate } from '@lianxin/domain';

type Request = DemonstrationRequests['requests'][number];

/** One thing that happens in the demonstration, and when. */
export type Step = { readonly at: Instant; readonly of: number } & (
  | { readonly does: 'open'; readonly request: Request }
  | { readonly does: 'act'; readonly act: Request['acts'][number] }
  | { readonly does: 'follow-up'; readonly followUp: NonNullable<Request['followUp']> }
);

/** A moment so many days before today, at a time of day in county time (UTC+8). */
export const momentBefore = (today: PlainDate, ago: number, at: string): Instant =>
  new Date(`${addDays(today, -ago)}T${at}:00+08:00`).toISOString().replace('.000Z', 'Z') as Instant;

/**
 * Everything that happens in the demonstration's requests, in the order of time (演示日程). Pure: today is an argument, so that the same
 * requests are always the last weeks. What would still lie ahead today is left out.
 */
export const planRequests = (requests: readonly Request[], today: PlainDate, now: Instant): readonly Step[] =>
  requests
    .flatMap((request, of): Step[] => [
      { at: momentBefore(today, request.ago, request.at), of, does: 'open', request },
      ...request.acts.map((act): Step => ({ at: momentBefore(today, act.ago, act.at), of, does: 'act', act })),
      ...(request.followUp === undefined
        ? []
        : [
            {
              at: momentBefore(today, request.followUp.ago, request.followUp.at),
              of,
              does: 'follow-up' as const,
              followUp: request.followUp,
            },
          ]),
    ])
    .filter((step) => step.at <= now)
    .toSorted((a, b) => (a.at === b.at ? a.of - b.of : a.at < b.at ? -1 : 1));
