import type {
  linkMattersRoute,
  MatterLink,
  MatterTopic,
  matterTopicRoute,
  SimilarMatter,
  undoLinkRoute,
} from '@lianxin/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useArriveAt } from '../../app/arrive-at.js';
import { call, newCommandId } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { moment } from '../../app/moment.js';
import { Category } from './category.js';
import { Phrases } from './phrases.js';
import './topics.css';
import { useTopicWords } from './words.js';

function Beside({ of }: { readonly of: SimilarMatter | MatterLink['matter'] }) {
  const { words } = useLanguage();
  return (
    <>
      <Link to="/matters/$id" params={{ id: of.id }}>
        {of.subject}
      </Link>
      <p className="quiet">
        {of.divisionName} · <span className="number">{of.number}</span> · {words.matters.states[of.state]}
      </p>
    </>
  );
}

/** One offer: what speaks for it, and the two answers a person may give. */
function Offer({ matter, of }: { readonly matter: string; readonly of: SimilarMatter }) {
  const words = useTopicWords();
  const client = useQueryClient();
  // One id an answer, kept while it is unsure, so that a second press says nothing twice.
  const [ids] = useState(() => ({ same: newCommandId(), different: newCommandId() }));
  const say = useMutation({
    mutationFn: (same: boolean) =>
      call<typeof linkMattersRoute>('post', '/api/matters/{id}/links', {
        params: { id: matter },
        json: { other: of.id, same },
        commandId: same ? ids.same : ids.different,
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['topic'] }),
  });
  return (
    <li>
      <Beside of={of} />
      <Phrases label={words.sharedWords} of={of.phrases} />
      <p className="quiet">
        {[
          of.nearDuplicate ? words.nearDuplicate : words.percent(of.percent),
          words.place[of.place],
          words.apart(of.daysApart),
        ].join(' · ')}
      </p>
      <Faults error={say.error} />
      <p className="row left no-print">
        <Button size="small" loading={say.isPending && say.variables} onClick={() => say.mutate(true)}>
          {words.same}
        </Button>
        <Button size="small" loading={say.isPending && !say.variables} onClick={() => say.mutate(false)}>
          {words.different}
        </Button>
      </p>
    </li>
  );
}

/** What was said about two matters, by whom, with the way back. */
function Said({ of }: { readonly of: MatterLink }) {
  const words = useTopicWords();
  const { language } = useLanguage();
  const client = useQueryClient();
  const [commandId] = useState(newCommandId);
  const undo = useMutation({
    mutationFn: () =>
      call<typeof undoLinkRoute>('post', '/api/matter-links/{id}/undo', { params: { id: of.id }, commandId }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['topic'] }),
  });
  return (
    <li>
      <strong>{of.same ? words.saidSame : words.saidDifferent}</strong>
      <div>
        <Beside of={of.matter} />
      </div>
      <p className="quiet">{words.said([of.by.body, of.by.name].filter(Boolean).join(' '), moment(of.at, language))}</p>
      <Faults error={undo.error} />
      <p className="no-print">
        <Button size="small" loading={undo.isPending} onClick={() => undo.mutate()}>
          {words.undo}
        </Button>
      </p>
    </li>
  );
}

function Offers({
  matter,
  topic,
  compared,
}: {
  readonly matter: string;
  readonly topic: MatterTopic;
  readonly compared: number;
}) {
  const words = useTopicWords();
  useArriveAt('maybe-same');
  const nothing = topic.similar.length === 0 && topic.links.length === 0;
  return (
    <section className={nothing ? 'panel no-print' : 'panel'} id="maybe-same" aria-labelledby="maybe-same-title">
      <h2 id="maybe-same-title">{words.maybeSame}</h2>
      <p className="quiet">{words.comparedWith(compared)}</p>
      {nothing ? <p>{words.nothingSimilar}</p> : null}
      <ul className="plain similar">
        {topic.links.map((link) => (
          <Said key={link.id} of={link} />
        ))}
        {topic.similar.map((one) => (
          <Offer key={one.id} matter={matter} of={one} />
        ))}
      </ul>
      {nothing ? null : <p className="quiet">{words.effect}</p>}
    </section>
  );
}

/** What else may be the same matter, and its category; each offered with its reason and left to the person who reads it. */
export function MatterTopicPanels({ matter }: { readonly matter: string }) {
  const topic = useQuery({
    queryKey: ['topic', matter],
    queryFn: () => call<typeof matterTopicRoute>('get', '/api/matters/{id}/topic', { params: { id: matter } }),
  });
  if (topic.isError) return <Faults error={topic.error} />;
  if (topic.data === undefined || topic.data.compared === null) return null;
  return (
    <>
      <Offers matter={matter} topic={topic.data} compared={topic.data.compared} />
      <Category matter={matter} of={topic.data.category} />
    </>
  );
}
