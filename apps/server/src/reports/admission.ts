import { ok, type FieldValue, type Result } from '@lianxin/domain';
import type { AdmissionReport, ReportQuery } from '@lianxin/contract';
import type { SessionActor } from '../access/index.js';
import { directoryFor, momentOf, type MatterDeps } from '../matters/index.js';
import { inContext } from '../storage/index.js';
import { eachCase } from './cases.js';
import { scopeFor } from './reports.store.js';

/** Kinds of matter of the access check 准入制: a department's application, and a village's report of an item that is not admitted. */
const admissionKinds = {
  application: ['task-admission', 'admission'],
  report: ['unadmitted-item', 'not-admitted-item'],
} as const;

const isReport = (kind: string | null): boolean => (admissionKinds.report as readonly (string | null)[]).includes(kind);

/** The act by which a village sets an unadmitted item aside until it is decided. */
const setAside = 'set-aside';

const text = (value: FieldValue | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/**
 * The access list of villages (准入清单) [DY-86]: items admitted with basis, funds and period; applications undecided; what villages report that is not on it.
 */
export const readAdmission = async (
  deps: MatterDeps,
  session: SessionActor,
  query: ReportQuery,
): Promise<Result<AdmissionReport>> => {
  const scope = scopeFor(session, query);
  if (!scope.ok) return scope;
  const report: AdmissionReport = { admitted: [], undecided: [], reported: [] };
  return inContext(deps, session.context, async (tx): Promise<Result<AdmissionReport>> => {
    const directory = await directoryFor(deps, tx.context.county);
    const kinds = scope.value.values.length + 1;
    const narrowed = {
      where: `${scope.value.where} and m.kind = any ($${kinds}::text[])`,
      values: [...scope.value.values, Object.values(admissionKinds).flat()],
    };
    await eachCase(deps, tx, narrowed, ({ file, progress }) => {
      const { matter } = file;
      const head = { matter: matter.id, number: matter.number, subject: matter.subject };
      if (isReport(matter.kind)) {
        report.reported.push({
          ...head,
          divisionName: directory.nameOf(matter.place),
          openedAt: momentOf(matter.opened_at),
          setAside: (progress.counts.acts[setAside] ?? 0) > 0,
          state: matter.state,
        });
      } else if (matter.state !== 'ended') {
        report.undecided.push({ ...head, openedAt: momentOf(matter.opened_at) });
      } else if (matter.settled === true) {
        const { form } = progress;
        report.admitted.push({
          ...head,
          basis: text(form['legal-basis'] ?? form['basis']),
          funds: text(form['funds']),
          from: text(form['starts'] ?? form['from']),
          until: text(form['ends'] ?? form['until']),
        });
      }
    });
    return ok(report);
  });
};
