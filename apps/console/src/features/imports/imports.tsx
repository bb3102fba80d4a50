import type { PeopleImportDone, PeopleImportReport } from '@lianxin/contract';
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { newCommandId } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { PageHead } from '../../app/page-head.js';
import { useMe } from '../../app/session.js';
import { RunProgress } from './progress-bar.js';
import { Counts, ReportView } from './report-view.js';
import { saveAs, sendFile } from './send-file.js';
import { useImportWords } from './words.js';

function Step({
  number,
  title,
  children,
}: {
  readonly number: number;
  readonly title: string;
  readonly children: ReactNode;
}) {
  const said = useImportWords();
  return (
    <section className="panel" aria-labelledby={`import-step-${number}`}>
      <h2 id={`import-step-${number}`}>
        {said.step(number)} · {title}
      </h2>
      {children}
    </section>
  );
}

/** From choosing a file to its confirmation; a fresh one is drawn for the next file. */
function Run({ another }: { readonly another: () => void }) {
  const said = useImportWords();
  const [file, setFile] = useState<File | null>(null);
  const [run, setRun] = useState('');
  // Kept until the answer is known: pressing twice, or again after a lost line, imports once.
  const [commandId, setCommandId] = useState(newCommandId);
  const check = useMutation({
    mutationFn: async (chosen: File): Promise<PeopleImportReport> => {
      const id = newCommandId();
      setRun(id);
      return (await sendFile('/api/imports/people/check', chosen, { run: id })).json();
    },
    onSuccess: () => setCommandId(newCommandId()),
  });
  const report = useMutation({
    mutationFn: async (chosen: File) => {
      await saveAs(await sendFile('/api/imports/people/report', chosen), `${said.reportFile}.xlsx`);
    },
  });
  const confirm = useMutation({
    mutationFn: async ({ chosen, sha256 }: { chosen: File; sha256: string }): Promise<PeopleImportDone> => {
      const id = newCommandId();
      setRun(id);
      return (await sendFile('/api/imports/people', chosen, { sha256, run: id }, commandId)).json();
    },
  });
  const found = check.data;
  const busy = check.isPending || confirm.isPending;
  if (confirm.data !== undefined)
    return (
      <Step number={4} title={said.done}>
        <div role="status">
          <Counts counts={confirm.data.counts} />
        </div>
        <Button onClick={another}>{said.another}</Button>
      </Step>
    );
  return (
    <>
      <Step number={2} title={said.choose}>
        <div className="field">
          <label htmlFor="import-file">{said.choose}</label>
          <input
            id="import-file"
            type="file"
            accept=".xlsx"
            aria-describedby="import-file-help"
            onChange={(event) => {
              setFile(event.target.files?.[0] ?? null);
              check.reset();
              confirm.reset();
            }}
          />
          <p id="import-file-help" className="quiet">
            {said.chooseHint}
          </p>
        </div>
        <Button
          type="primary"
          disabled={file === null || busy}
          onClick={() => {
            confirm.reset();
            if (file !== null) check.mutate(file);
          }}
        >
          {found === undefined ? said.check : said.checkAgain}
        </Button>
        {check.isPending ? <RunProgress run={run} /> : null}
        <Faults error={check.error} />
      </Step>
      <Step number={3} title={said.review}>
        {found === undefined ? (
          <p className="quiet">{said.reviewWaiting}</p>
        ) : (
          <>
            <ReportView report={found} />
            {found.problemsFound === 0 || file === null ? null : (
              <Button disabled={report.isPending} onClick={() => report.mutate(file)}>
                {said.report}
              </Button>
            )}
            <Faults error={report.error} />
          </>
        )}
      </Step>
      {found?.ready !== true || file === null ? null : (
        <Step number={4} title={said.confirm}>
          <p className="quiet">{said.confirmHint}</p>
          <Button type="primary" disabled={busy} onClick={() => confirm.mutate({ chosen: file, sha256: found.sha256 })}>
            {said.confirmButton(found.rows)}
          </Button>
          {confirm.isPending ? <RunProgress run={run} /> : null}
          <Faults error={confirm.error} />
        </Step>
      )}
    </>
  );
}

/** Import of people (导入): template, check, result, confirmation, in four steps on one page. */
export function ImportsPage() {
  const { words } = useLanguage();
  const said = useImportWords();
  const me = useMe();
  const [round, setRound] = useState(1);
  const may = me.data?.capabilities.some((word) => word === 'import' || word === 'appoint') === true;
  return (
    <>
      <PageHead title={words.nav.imports}>
        <p className="quiet">{said.lead}</p>
      </PageHead>
      {may ? (
        <>
          <Step number={1} title={said.template}>
            <p className="quiet">{said.templateHint}</p>
            <a className="button" href="/api/imports/people/template" download>
              {said.templateButton}
            </a>
          </Step>
          <Run key={round} another={() => setRound(round + 1)} />
        </>
      ) : (
        <p>{said.notAllowed}</p>
      )}
    </>
  );
}
