import type { FieldView, NextActView, RequestForm, Tracking } from '@lianxin/contract';
import { readPortalAssets } from '../assets.js';
import type { Language } from '../components/language.js';
import { settingOf } from '../setting.js';
import type { PageSetting } from '../setting.js';
import type { VillageView } from '../village.view.js';

/** Made-up content for page tests; nobody and nothing in it exists. */
const assets = readPortalAssets();

export const settingFor = (language: Language, address = '/', largePrint = false): PageSetting =>
  settingOf(
    { lang: language, print: largePrint ? 'large' : 'normal' },
    { address, origin: 'https://lianxin.example', assets },
  );

const field = (id: string, title: string, type: string, more: Partial<FieldView> = {}): FieldView => ({
  id,
  title,
  type,
  required: false,
  choices: [],
  unit: null,
  help: null,
  personal: false,
  ...more,
});

const asked = [
  field('text', '请写下您的事', 'long-text', { required: true }),
  field('place', '地点', 'place'),
  field('photo', '照片', 'file'),
  field('phone', '联系电话', 'phone', { personal: true }),
];

const kind = (id: string, title: string, promise: string, procedure = 'telling', fields = asked) => ({
  id,
  title,
  promise,
  procedure,
  procedureTitle: '民情办理',
  unsorted: procedure === 'telling',
  due: null,
  fields: [...fields],
});

export const requestForm: RequestForm = {
  division: '431122108201',
  divisionName: '甲村',
  kinds: [
    kind('need', '民需', '有需要，有人问：办证、政策、补贴'),
    kind('affair', '民事', '有事情，有人管：路坏了、水渠堵了'),
    kind('hardship', '民困', '有困难，有人帮：生病、上学、缺劳力'),
    kind('worry', '民忧', '有烦忧，有人解：邻里纠纷、心里不踏实'),
    kind('errand', '全程代办', '材料交一次，代办员替您跑', 'errand', [
      field('what', '要办的事', 'text', { required: true }),
      field('people', '家里几口人', 'number', { unit: '人' }),
    ]),
    kind('complaint', '反映某个人', '只交给他的上级', 'complaint', [
      field('facts', '反映的问题', 'long-text', { required: true }),
      field('complained-about', '反映谁', 'person', { required: true, personal: true }),
    ]),
  ],
};

export const village: VillageView = {
  code: '431122108201',
  name: '甲村',
  kind: 'village',
  path: [
    { code: '431122000000', name: '某县' },
    { code: '431122108000', name: '某镇' },
  ],
  counts: { open: 12, paused: 2, ended: 86 },
  office: {
    name: '甲村联系服务群众工作办公室',
    director: '李某（化名）',
    phone: '0746-0000000',
    address: '村部一楼大厅',
    hours: '工作日 8:30–17:30',
  },
  duty: [
    { name: '王某（化名）', post: '网格长', phone: '13800000000' },
    { name: '张某（化名）', post: '民情信息员', phone: null },
  ],
  services: [
    { title: '城乡居民养老保险参保', department: '人社窗口', papers: ['身份证', '户口簿'], limit: '5 个工作日' },
    { title: '临时救助申请', department: '民政窗口', papers: ['身份证', '困难情况说明'], limit: '10 个工作日' },
  ],
  items: [
    {
      subject: '沟渠清淤（三个村共同提出）',
      state: 'open',
      unit: '某镇水利站',
      due: '2026-12-01',
      answer: null,
      recordedAt: '2026-11-02T03:00:00Z',
    },
    {
      subject: '果园烂果、农家肥统一处理',
      state: 'ended',
      unit: '某镇农业站',
      due: '2026-10-20',
      answer: '已在村口设两处收集池，每周一、四清运。',
      recordedAt: '2026-09-15T03:00:00Z',
    },
  ],
};

export const receipt = 'D4N6K7Q-2M9XTD4-H8WPZ3R';

const act = (id: string, title: string, kind: string, more: Partial<NextActView> = {}): NextActView => ({
  act: id,
  title,
  kind,
  by: ['群众'],
  mine: true,
  allowed: true,
  faults: [],
  fields: [],
  source: [],
  needsSecret: false,
  ...more,
});

const officer = { kind: 'officer', name: null, post: '网格长', body: '甲村' } as const;
const resident = { kind: 'resident', name: null, post: null, body: null } as const;

const base: Tracking = {
  number: '20261120-7K2MXT',
  division: village.code,
  divisionName: village.name,
  procedure: 'request',
  procedureTitle: '民情办理',
  kind: 'need',
  kindTitle: '民事',
  subject: '村口水渠堵了，下雨漫到路上',
  state: 'open',
  stageTitle: '村里办理',
  resultTitle: null,
  holder: '甲村联系服务群众工作办公室',
  contact: '网格长',
  openedAt: '2026-11-20T01:12:00Z',
  due: '2027-01-08',
  provisional: true,
  overdueDays: 0,
  version: 3,
  acts: [
    {
      seq: 1,
      act: 'open',
      title: '登记',
      stage: null,
      stageTitle: null,
      by: resident,
      onBehalfOf: null,
      fields: [],
      occurredAt: '2026-11-20T01:12:00Z',
      recordedAt: '2026-11-20T01:12:00Z',
      lateEntry: false,
    },
    {
      seq: 2,
      act: 'take',
      title: '接办',
      stage: 'village',
      stageTitle: '村里办理',
      by: officer,
      onBehalfOf: null,
      fields: [{ id: 'note', title: '说明', type: 'text', value: '明天去看', text: '明天去看' }],
      occurredAt: '2026-11-20T06:30:00Z',
      recordedAt: '2026-11-21T00:10:00Z',
      lateEntry: true,
    },
  ],
  clocks: [
    {
      id: 'whole',
      title: '办结期限',
      from: '2026-11-20T01:12:00Z',
      due: '2027-01-08',
      provisional: true,
      overdueDays: 0,
      met: false,
      pausedSince: null,
      pausedCause: null,
      pauses: [],
    },
  ],
  stations: [{ body: '甲村', post: '网格长', level: 'village', from: '2026-11-20T01:12:00Z', until: null }],
  nextActs: [
    act('go-higher', '往上一级反映', 'hand-up', {
      fields: [field('reason', '想说明的情况', 'long-text')],
    }),
    act('withdraw', '撤回', 'withdraw'),
    act('rate', '评价', 'rate', {
      allowed: false,
      faults: [
        {
          code: 'matter-not-closed',
          what: '事项尚未办结，不能办理“评价”。',
          why: null,
          cure: '办结之后再办理。',
          source: [],
          params: {},
        },
      ],
    }),
  ],
  claimed: null,
  rating: null,
  log: { state: 'received', index: null, verify: null },
};

/** One matter at four moments of its life. */
export const tracking = {
  open: base,
  asked: {
    ...base,
    state: 'paused',
    clocks: base.clocks.map((clock) => ({
      ...clock,
      pausedSince: '2026-11-21T02:00:00Z',
      pausedCause: '等您回话',
      pauses: [{ from: '2026-11-21T02:00:00Z', to: null, cause: '等您回话' }],
    })),
    nextActs: [
      act('answer', '回答村里的问题', 'answer', {
        fields: [field('answer', '您的回答', 'long-text', { required: true })],
      }),
      ...base.nextActs,
    ],
  },
  claimed: {
    ...base,
    stageTitle: '等您确认',
    claimed: { at: '2026-11-22T08:00:00Z', text: '已清理水渠 80 米' },
    nextActs: [
      act('confirm', '解决了', 'outcome', { needsSecret: true }),
      act('dispute', '没有解决', 'outcome', {
        needsSecret: true,
        fields: [field('reason', '为什么说没解决', 'long-text', { required: true })],
      }),
      ...base.nextActs,
    ],
    log: { state: 'logged', index: '12', verify: '/verify#2.431122.fxk.AAECAwQFBgcICQoLDA0ODw' },
  },
  ended: {
    ...base,
    state: 'ended',
    stageTitle: null,
    resultTitle: '居民确认已解决',
    stations: [
      ...base.stations.map((station) => ({ ...station, until: '2026-11-22T01:00:00Z' })),
      { body: '某镇', post: '水利站', level: 'township', from: '2026-11-22T01:00:00Z', until: null },
    ],
    nextActs: [
      act('rate', '评价', 'rate', {
        needsSecret: true,
        fields: [field('level', '您满意吗？', 'number', { required: true })],
      }),
    ],
    log: { state: 'witnessed', index: '12', verify: '/verify#2.431122.fxk.AAECAwQFBgcICQoLDA0ODw' },
  },
} satisfies Record<string, Tracking>;
