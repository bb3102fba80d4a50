import { gzipSync } from 'node:zlib';
import type { Opened, Tracking } from '@lianxin/contract';
import { describe, expect, it } from 'vitest';
import { toDocument, whatIsWrong } from '../components/component-check.js';
import { htmlOf } from '../html.js';
import { readPortalAssets } from '../assets.js';
import { EnterReceipt } from './enter-receipt.js';
import { FindVillage } from './find-village.js';
import { receipt, requestForm, settingFor, tracking, village } from './made-up-views.js';
import { NewRequest } from './new-request.js';
import { PaperForm } from './paper-form.js';
import { AccessibilityPage, HelpPage, ProblemPage } from './reading.js';
import { requestPage } from '../forms/request-fields.js';
import { Received } from './received.js';
import { Track, TrackSheet } from './track.js';
import { VillagePage, VillagePoster } from './village.js';

const ticket = { commandId: '01900000-0000-7000-8000-000000000001', formToken: 'token' };
const tickets = {
  'go-higher': ticket,
  withdraw: ticket,
  rate: ticket,
  confirm: ticket,
  dispute: ticket,
  answer: ticket,
};
const now = '2026-11-22T10:00:00Z';
const places = [{ name: '甲村', href: `/v/${village.code}`, within: '某县 · 某镇' }];
const opened: Opened = {
  id: ticket.commandId,
  number: '20261120-7K2MXT',
  version: 1,
  due: '2026-12-01',
  receipt: {
    code: receipt,
    track: `/r/${receipt}`,
    verify: null,
    confirmSecret: '8WPZ3-7K2M-XTD4-9QF6',
    words: '收到',
  },
};

const pages = (language: 'zh-CN' | 'en') => {
  const setting = settingFor(language);
  return {
    'find village': <FindVillage setting={setting} name="" found={null} level="counties" places={places} trail={[]} />,
    'search without a hit': (
      <FindVillage setting={setting} name="桥" found={[]} level="villages" places={[]} trail={[]} />
    ),
    village: <VillagePage setting={setting} village={village} />,
    'village with nothing in it': (
      <VillagePage setting={setting} village={{ ...village, office: null, duty: [], services: [], items: [] }} />
    ),
    poster: <VillagePoster setting={setting} village={village} />,
    'new request': <NewRequest setting={setting} village={village} page={requestPage(requestForm)} ticket={ticket} />,
    'new request where nothing can be told': (
      <NewRequest
        setting={setting}
        village={village}
        page={requestPage({ ...requestForm, kinds: [] })}
        ticket={ticket}
      />
    ),
    received: <Received setting={setting} village={village} opened={opened} at={now} repeated={false} />,
    'enter receipt': <EnterReceipt setting={setting} typed="" />,
    'paper form': <PaperForm setting={setting} village={village} form={requestForm} />,
    help: <HelpPage setting={setting} />,
    accessibility: <AccessibilityPage setting={setting} />,
    problem: (
      <ProblemPage
        setting={setting}
        title="没有这一页"
        items={[{ message: '地址可能抄错了', code: 'not-found' }]}
        next={[{ href: '/', label: '首页' }]}
      />
    ),
    ...Object.fromEntries(
      Object.entries(tracking).flatMap(([name, view]) => [
        [`tracking ${name}`, <Track setting={setting} receipt={receipt} tracking={view} now={now} tickets={tickets} />],
        [`sheet ${name}`, <TrackSheet setting={setting} receipt={receipt} tracking={view} now={now} />],
      ]),
    ),
  };
};

describe('every page', () => {
  for (const language of ['zh-CN', 'en'] as const)
    for (const [name, page] of Object.entries(pages(language)))
      it(`is sound without a browser: ${name}, ${language}`, () => {
        expect(whatIsWrong(page)).toEqual([]);
        expect(toDocument(page).querySelectorAll('h1')).toHaveLength(1);
      });

  it('costs at most 20 KiB gzipped on the first load, style and script included', () => {
    const { style, script } = readPortalAssets();
    for (const [name, page] of Object.entries(pages('zh-CN'))) {
      const bytes = [htmlOf(page), style.body, script.body]
        .map((body) => gzipSync(body, { level: 6 }).byteLength)
        .reduce((sum, size) => sum + size, 0);
      expect({ name, small: bytes <= 20 * 1024, bytes }).toMatchObject({ name, small: true });
    }
  });
});

describe('the village page', () => {
  it('shows the office with its director and the contacts on duty [DY-81]', () => {
    const text = toDocument(<VillagePage setting={settingFor('zh-CN')} village={village} />).body.textContent;
    expect(text).toContain('李某（化名）');
    expect(text).toContain('网格长');
  });
});

describe('the form for a need', () => {
  const setting = settingFor('zh-CN');

  it('carries a server-made command id and says how many kinds there are to choose from [DY-01]', () => {
    const document = toDocument(
      <NewRequest setting={setting} village={village} page={requestPage(requestForm)} ticket={ticket} />,
    );
    expect(document.querySelector('input[name=command]')?.getAttribute('value')).toBe(ticket.commandId);
    expect(document.querySelectorAll('input[name=kind]')).toHaveLength(5);
  });

  it('asks on the page for a complaint whom it is about, with what happens then beside it', () => {
    const page = (
      <NewRequest setting={setting} village={village} page={requestPage(requestForm, 'complaint')} ticket={ticket} />
    );
    expect(whatIsWrong(page)).toEqual([]);
    const document = toDocument(page);
    expect(document.querySelector('#f-complained-about')).not.toBeNull();
    expect(document.body.textContent).toContain('被反映的人看不到这件事');
    expect(document.querySelector('input[name=kind]')?.getAttribute('value')).toBe('complaint');
  });

  it('says before anything is typed that a complaint never reaches the person complained about', () => {
    const html = htmlOf(
      <NewRequest setting={setting} village={village} page={requestPage(requestForm)} ticket={ticket} />,
    );
    expect(html).toContain('被反映的人看不到这件事');
  });

  it('shows everything typed again beside what was wrong', () => {
    const draft = {
      texts: { 'main-text': ['路坏了'], 'main-phone': ['一三八'] },
      files: {},
      kept: { 'main-photo': ['abc'] },
    };
    const problems = [{ code: 'phone-not-a-number', message: '电话号码请只写数字', field: 'f-main-phone' }];
    const page = (
      <NewRequest
        setting={setting}
        village={village}
        page={requestPage(requestForm)}
        ticket={ticket}
        kind="affair"
        draft={draft}
        problems={problems}
      />
    );
    const document = toDocument(page);
    expect(whatIsWrong(page)).toEqual([]);
    expect(document.querySelector('textarea')?.textContent).toBe('路坏了');
    expect(document.querySelector('#f-main-phone')?.getAttribute('value')).toBe('一三八');
    expect(document.querySelector('input[name="kept.main-photo"]')?.getAttribute('value')).toBe('abc');
    expect(document.querySelector('input[value=affair]')?.hasAttribute('checked')).toBe(true);
    expect(document.querySelector('.error-summary a')?.getAttribute('href')).toBe('#f-main-phone');
  });
});

describe('the receipt', () => {
  it('shows the confirm secret on the page that answers the form and never on the tracking page or its print', () => {
    const setting = settingFor('zh-CN');
    const secret = opened.receipt.confirmSecret ?? '';
    expect(
      htmlOf(<Received setting={setting} village={village} opened={opened} at={now} repeated={false} />),
    ).toContain(secret);
    const shown = { setting, receipt, tracking: tracking.open, now };
    expect(htmlOf(<Track {...shown} tickets={tickets} />)).not.toContain(secret);
    expect(htmlOf(<TrackSheet {...shown} />)).not.toContain(secret);
  });
});

describe('the tracking page', () => {
  const text = (view: Tracking) =>
    toDocument(<Track setting={settingFor('zh-CN')} receipt={receipt} tracking={view} now={now} tickets={tickets} />);

  it('says who holds the matter, until when, and that the date is 暂定', () => {
    const step = text(tracking.open).querySelector('[aria-current=step]');
    expect(step?.textContent).toContain('甲村联系服务群众工作办公室');
    expect(step?.querySelector('time')?.getAttribute('datetime')).toBe('2027-01-08');
    expect(step?.textContent).toContain('暂定');
  });

  it('shows both times of an act that was entered later', () => {
    expect(text(tracking.open).body.textContent).toContain('补录于 2026年11月21日');
  });

  it('shows since when the clock stands still and how long it has run', () => {
    const step = text(tracking.asked).querySelector('[aria-current=step]')?.textContent ?? '';
    expect(step).toContain('自 2026年11月21日 起暂停计算');
    expect(step).toContain('已办 2 天');
    expect(step).toContain('其中暂停 1 天');
  });

  it('shows no clock that was met and no id that says nothing to a person', () => {
    const [told, taken] = tracking.open.acts;
    const [clock] = tracking.open.clocks;
    if (!told || !taken || !clock) throw new Error('no acts');
    const id = '000000b2-01d6-812d-a205-cfd4b7d5e991';
    const fields = [
      { id: 'who', title: '承办人', type: 'person', value: id, text: id },
      { id: 'photos', title: '照片', type: 'files', value: [id, id], text: `${id}、${id}` },
    ];
    const view = {
      ...tracking.open,
      acts: [told, { ...taken, fields }],
      clocks: [clock, { ...clock, title: '受理时限', met: true }],
    };
    const shown = text(view).body.textContent;
    expect(shown).not.toContain(id);
    expect(shown).toContain('照片：2 份');
    expect(shown).not.toContain('受理时限');
  });

  it('always offers to go higher while the matter is open [DY-74]', () => {
    for (const view of [tracking.open, tracking.asked, tracking.claimed])
      expect(text(view).querySelector('#act-go-higher button[type=submit]')?.textContent).toBe('往上一级反映');
  });

  it('asks for the confirm secret to confirm or to dispute, and for nothing to go higher', () => {
    const document = text(tracking.claimed);
    expect(document.querySelector('#act-confirm input[name=secret]')).not.toBeNull();
    expect(document.querySelector('#act-dispute input[name=secret]')).not.toBeNull();
    expect(document.querySelector('#act-go-higher input[name=secret]')).toBeNull();
  });

  it('says what cannot be done yet and what would make it possible', () => {
    expect(text(tracking.open).querySelector('.blocked-list')?.textContent).toContain('办结之后再办理');
  });
});
