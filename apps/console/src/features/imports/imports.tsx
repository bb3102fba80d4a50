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

function Step({
  number,
  title,
  children,
}: {
  readonly number: number;
  readonly title: string;
  readonly children: ReactNode;
}) {
  const { words } = useLanguage();
  return (
    <section className="panel" aria-labelledby={`import-step-${number}`}>
      <h2 id={`import-step-${number}`}>
        {words.imports.step(number)} · {title}
      </h2>
      {children}
    </section>
  );
}

/** From choosing a file to its confirmation; a fresh one is drawn for the next file. */
function Run({ another }: { readonly another: () => void }) {
  const { words } = useLanguage();
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
      await saveAs(await sendFile('/api/imports/people/report', chosen), `${words.imports.reportFile}.xlsx`);
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
      <Step number={4} title={words.imports.done}>
        <div role="status">
          <Counts counts={confirm.data.counts} />
        </div>
        <Button onClick={another}>{words.imports.another}</Button>
      </Step>
    );
  return (
    <>
      <Step number={2} title={words.imports.choose}>
        <div className="field">
          <label htmlFor="import-file">{words.imports.choose}</label>
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
            {words.imports.chooseHint}
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
          {found === undefined ? words.imports.check : words.imports.checkAgain}
        </Button>
        {check.isPending ? <RunProgress run={run} /> : null}
        <Faults error={check.error} />
      </Step>
      <Step number={3} title={words.imports.review}>
        {found === undefined ? (
          <p className="quiet">{words.imports.reviewWaiting}</p>
        ) : (
          <>
            <ReportView report={found} />
            {found.problemsFound === 0 || file === null ? null : (
              <Button disabled={report.isPending} onClick={() => report.mutate(file)}>
                {words.imports.report}
              </Button>
            )}
            <Faults error={report.error} />
          </>
        )}
      </Step>
      {found?.ready !== true || file === null ? null : (
        <Step number={4} title={words.imports.confirm}>
          <p className="quiet">{words.imports.confirmHint}</p>
          <Button type="primary" disabled={busy} onClick={() => confirm.mutate({ chosen: file, sha256: found.sha256 })}>
            {words.imports.confirmButton(found.rows)}
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
  const me = useMe();
  const [round, setRound] = useState(1);
  const may = me.data?.capabilities.some((word) => word === 'import' || word === 'appoint') === true;
  return (
    <>
      <PageHead title={words.nav.imports}>
        <p className="quiet">{words.imports.lead}</p>
      </PageHead>
      {may ? (
        <>
          <Step number={1} title={words.imports.template}>
            <p className="quiet">{words.imports.templateHint}</p>
            <a className="button" href="/api/imports/people/template" download>
              {words.imports.templateButton}
            </a>
          </Step>
          <Run key={round} another={() => setRound(round + 1)} />
        </>
      ) : (
        <p>{words.imports.notAllowed}</p>
      )}
    </>
  );
}
