import type { enterSheetRoute, SecretBallotDetail } from '@lianxin/contract';
import { Button } from 'antd';
import { useState } from 'react';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useMeetingCommand } from '../meetings/on-meeting.js';
import { useBallotWords } from './words.js';

type Figures = Readonly<Record<string, string>>;

const count = (figures: Figures, id: string): number => Number(figures[id] ?? '') || 0;

/** Tally sheets of paper (纸票计票单): typed by one person, typed again by another, compared when the box is closed. */
export function Sheets({ ballot }: { readonly ballot: SecretBallotDetail }) {
  const said = useBallotWords();
  const [place, setPlace] = useState('');
  const [figures, setFigures] = useState<Figures>({});
  const { questions, labels } = ballot.manifest;
  const saving = useMeetingCommand((_input: null, commandId) =>
    call<typeof enterSheetRoute>('post', '/api/secret-ballots/{id}/sheets', {
      params: { id: ballot.id },
      json: {
        place,
        issued: count(figures, 'issued'),
        spoiled: count(figures, 'spoiled'),
        inBox: count(figures, 'inBox'),
        counts: Object.fromEntries(
          questions.map(({ id, choices }) => [
            id,
            Object.fromEntries([...choices, ''].map((choice) => [choice, count(figures, `${id} ${choice}`)])),
          ]),
        ),
      },
      commandId,
    }),
  );
  const figure = (id: string, label: string) => (
    <label className="ballot-figure" key={id}>
      {label}
      <input
        type="number"
        min={0}
        inputMode="numeric"
        value={figures[id] ?? ''}
        onChange={(event) => setFigures({ ...figures, [id]: event.target.value })}
      />
    </label>
  );
  return (
    <section className="panel">
      <h2>{said.sheets}</h2>
      <p className="quiet">{said.sheetsLead}</p>
      <ul>
        {ballot.sheets.map((sheet) => (
          <li key={sheet.place}>
            {sheet.place}：{said.typed(sheet.typed, sheet.agree)}
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate(null, {
            onSuccess: () => {
              setFigures({});
              setPlace('');
            },
          });
        }}
      >
        <Faults error={saving.error} />
        <div className="field">
          <label htmlFor="sheet-place">{said.place}</label>
          <input
            id="sheet-place"
            required
            maxLength={80}
            value={place}
            onChange={(event) => setPlace(event.target.value)}
          />
        </div>
        <div className="ballot-figures">
          {figure('issued', said.issued)}
          {figure('spoiled', said.spoiled)}
          {figure('inBox', said.inBox)}
        </div>
        {questions.map(({ id, title, choices }) => (
          <fieldset key={id}>
            <legend>{title}</legend>
            <div className="ballot-figures">
              {[...choices, ''].map((choice) =>
                figure(`${id} ${choice}`, choice === '' ? said.abstain : (labels?.[choice] ?? choice)),
              )}
            </div>
          </fieldset>
        ))}
        <p>
          <Button htmlType="submit" loading={saving.isPending}>
            {said.save}
          </Button>
        </p>
      </form>
    </section>
  );
}
