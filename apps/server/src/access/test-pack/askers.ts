import type { Role } from '../../storage/index.js';

/** One column of the access matrix 权限矩阵: somebody who asks, as the matrix names him. */
export interface Asker {
  readonly id: string;
  readonly title: string;
  readonly role: Role;
  /** Where his office, or his home, is; `system` for what works without a person. */
  readonly level: 'village' | 'township' | 'county' | 'system';
  /** The post of the demonstration's catalogue whose duties he has; absent for those who hold no office. */
  readonly post?: string;
  /** Duties besides those of the catalogue. */
  readonly also?: readonly string[];
}

/** The fourteen who ask over HTTP: no office, and one post for each different set of duties at each level. */
export const people: readonly Asker[] = [
  { id: 'visitor', title: '来访人（未登录）', role: 'rt_public', level: 'village' },
  { id: 'resident', title: '村民（登录，无岗位）', role: 'rt_resident', level: 'village' },
  { id: 'grid-leader', title: '网格长', role: 'rt_office', level: 'village', post: 'grid-leader' },
  { id: 'clerk', title: '村文书', role: 'rt_office', level: 'village', post: 'clerk' },
  { id: 'director', title: '村主任', role: 'rt_office', level: 'village', post: 'director' },
  { id: 'secretary', title: '村书记', role: 'rt_office', level: 'village', post: 'secretary' },
  {
    id: 'agent',
    title: '代办员（只看本人经办）',
    role: 'rt_office',
    level: 'village',
    post: 'agent',
    also: ['own-matters-only'],
  },
  { id: 'officer', title: '乡镇经办人', role: 'rt_office', level: 'township', post: 'officer' },
  {
    id: 'organisation-member',
    title: '乡镇组织委员',
    role: 'rt_office',
    level: 'township',
    post: 'organisation-member',
  },
  { id: 'township-head', title: '乡镇长', role: 'rt_office', level: 'township', post: 'township-head' },
  { id: 'organisation-officer', title: '县组织干事', role: 'rt_office', level: 'county', post: 'organisation-officer' },
  { id: 'county-leader', title: '县级负责人', role: 'rt_office', level: 'county', post: 'county-leader' },
  { id: 'auditor', title: '县审计员', role: 'rt_office', level: 'county', post: 'auditor' },
  { id: 'administrator', title: '县系统管理员', role: 'rt_office', level: 'county', post: 'administrator' },
];

/** Database roles that no person's request takes directly. The audit role is asked within one village, so that its range shows. */
export const systems: readonly Asker[] = [
  { id: 'sign-in', title: '登录程序', role: 'rt_auth', level: 'village' },
  { id: 'sequencer', title: '入册程序', role: 'rt_journal', level: 'system' },
  { id: 'worker', title: '后台程序', role: 'rt_worker', level: 'system' },
  { id: 'audit', title: '审计角色（范围为一个村）', role: 'rt_audit', level: 'village' },
];

export const askers: readonly Asker[] = [...people, ...systems];

/** How far a right reaches 范围. `all` is for what no county owns. */
export const reaches = ['none', 'own', 'village', 'township', 'county', 'all'] as const;
export type Reach = (typeof reaches)[number];

/** Where a thing lies, seen from somebody of the village `upper`. */
export const places = {
  self: '999901001001',
  'same-village': '999901001001',
  'other-village': '999901001002',
  'own-township': '999901001000',
  'other-township': '999901002001',
  'own-county': '999901000000',
  'other-county': '999902002001',
} as const;
export type Place = keyof typeof places;
export const placeNames = Object.keys(places) as Place[];

/** The places a right of this reach takes in. */
export const placesWithin: Readonly<Record<Reach, readonly Place[]>> = {
  none: [],
  own: ['self'],
  village: ['self', 'same-village'],
  township: ['self', 'same-village', 'other-village', 'own-township'],
  county: ['self', 'same-village', 'other-village', 'own-township', 'other-township', 'own-county'],
  all: placeNames,
};

/** The narrowest reach that takes in exactly these of the places asked about, or undefined when none does. */
export const reachOf = (found: ReadonlySet<Place>, asked: readonly Place[]): Reach | undefined =>
  reaches.find((reach) => asked.every((place) => placesWithin[reach].includes(place) === found.has(place)));
