import { explainFault, type Fault } from '@lianxin/domain';
import type { App } from '../http/environment.js';
import { newForm } from '../matters/index.js';
import { readOwnRecord, sayOfRecord } from '../records/index.js';
import type { Language } from './components/language.js';
import { OwnRecordPage, RecordCodePage } from './pages/own-record.js';
import { replyPage, settingFor } from './reply.js';
import type { C, Portal } from './reply.js';
import { readForm } from './request-body.js';

const idShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const textIn = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};

const inWords = (faults: readonly Fault[], language: Language, field: string) =>
  faults.map((fault) => {
    const said = explainFault(fault, language);
    return { message: said.what, cure: said.cure, code: fault.code, field };
  });

/** The page of a record's slip; secret, kept by nobody. */
export const ownRecordPages = (app: App, portal: Portal): void => {
  const { deps } = portal;
  app.get('/own-record/:county/:id', (c: C) =>
    replyPage(c, <RecordCodePage setting={settingFor(portal, c)} code="" problems={[]} />, 200, 'secret'),
  );
  app.post('/own-record/:county/:id', async (c: C) => {
    const { form } = await readForm(c);
    const setting = settingFor(portal, c);
    const county = c.req.param('county') ?? '';
    const id = c.req.param('id') ?? '';
    const code = textIn(form, 'code').slice(0, 16);
    const refuse = (faults: readonly Fault[]) => {
      const problems = inWords(faults, setting.language, 'code');
      return replyPage(c, <RecordCodePage setting={setting} code={code} problems={problems} />, 422, 'secret');
    };
    if (!/^\d{6}$/.test(county) || !idShape.test(id)) return refuse([{ code: 'record-code-wrong', params: {} }]);
    const slip = { county, record: id, code };
    const does = textIn(form, 'do');
    const kind = does === 'confirmed' || does === 'objection' ? does : null;
    const text = textIn(form, 'text');
    const command = textIn(form, 'command');
    const answer =
      kind === null
        ? null
        : await sayOfRecord(deps, idShape.test(command) ? command : deps.newId(), {
            ...slip,
            kind,
            text,
            version: Number(textIn(form, 'version')) || 0,
            formToken: textIn(form, 'form-token'),
          });
    const found = await readOwnRecord(deps, slip);
    if (!found.ok) return refuse(found.faults);
    const problems = answer !== null && 'faults' in answer ? inWords(answer.faults, setting.language, 'text') : [];
    return replyPage(
      c,
      <OwnRecordPage
        setting={setting}
        code={code}
        problems={problems}
        record={found.value}
        ticket={newForm(deps)}
        text={problems.length > 0 ? text : ''}
        said={problems.length > 0 ? null : kind}
      />,
      problems.length > 0 ? 422 : 200,
      'secret',
    );
  });
};
