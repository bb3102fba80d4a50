import type { RecordImport } from '@lianxin/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Faults } from '../../app/faults.js';
import { Records } from '../../app/records.js';
import { saveReport, sendSheet } from './send-sheet.js';
import { useRecordWords } from './words.js';

type Row = RecordImport['faults'][number];

/** Reads a spreadsheet into a register (导入): check first, read the report, then take in all rows or none. */
export function ImportSheet({ register, division }: { readonly register: string; readonly division: string }) {
  const said = useRecordWords();
  const client = useQueryClient();
  const [file, setFile] = useState<File>();
  const sending = useMutation({
    mutationFn: async (dryRun: boolean) => {
      if (file === undefined) return undefined;
      return sendSheet({ register, division, file, dryRun });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['records', register] }),
  });
  const report = sending.data;
  return (
    <details className="panel">
      <summary>{said.import}</summary>
      <p>
        <a className="button" href={`/api/registers/${register}/template.xlsx?division=${division}`} download>
          {said.template}
        </a>
      </p>
      <div className="field">
        <label htmlFor="sheet">{said.import}</label>
        <input
          id="sheet"
          type="file"
          accept=".xlsx"
          onChange={(event) => {
            sending.reset();
            setFile(event.target.files?.[0]);
          }}
        />
      </div>
      <div className="row">
        <Button disabled={file === undefined} loading={sending.isPending} onClick={() => sending.mutate(true)}>
          {said.check}
        </Button>
        <Button
          type="primary"
          disabled={report === undefined || report.faults.length > 0 || report.imported > 0}
          onClick={() => sending.mutate(false)}
        >
          {said.take}
        </Button>
      </div>
      <Faults error={sending.error} />
      {report === undefined ? null : <p role="status">{outcome(report, said)}</p>}
      {report === undefined || report.faults.length === 0 || file === undefined ? null : (
        <>
          <Button onClick={() => void saveReport({ register, division, file, dryRun: true })}>{said.report}</Button>
          <Records<Row>
            caption={said.report}
            rows={report.faults.slice(0, 200)}
            keyOf={(row) => `${row.row} ${row.column} ${row.reason}`}
            empty=""
            columns={[
              { title: said.row, main: true, figure: true, render: (row) => row.row },
              { title: said.column, render: (row) => row.column },
              { title: said.why, render: (row) => row.reason },
              { title: said.suggestion, render: (row) => row.suggestion },
            ]}
          />
        </>
      )}
    </details>
  );
}

function outcome(report: RecordImport, said: ReturnType<typeof useRecordWords>): string {
  if (report.faults.length > 0) return said.refused(report.faults.length);
  return report.imported > 0 ? said.taken(report.imported) : said.ready(report.rows);
}
