import { ServiceCatalogue } from '@lianxin/domain';
import { expect, it } from 'vitest';
import { servicesIn } from './services.js';

const catalogue = (limit: string, levels = ['village']) =>
  ServiceCatalogue.parse({
    kind: 'service-catalogue',
    id: 'tea-services',
    title: '茶友服务目录',
    inForce: { from: '2026-01-01' },
    services: [
      {
        id: 'cup',
        title: '换杯子',
        department: 'tea-office',
        levels,
        steps: ['收杯'],
        materials: [{ id: 'old-cup', title: '旧杯子' }],
        limit,
        fee: { fen: 0 },
      },
    ],
  });
const named = (id: string) => (id === 'tea-office' ? '茶务办公室' : '');

it('shows office, papers and limit of a service, as the database keeps the catalogue', () => {
  const kept = JSON.parse(JSON.stringify(catalogue('3 working-days'))) as ServiceCatalogue;
  expect(servicesIn([kept], named, 'zh-CN')).toEqual([
    { title: '换杯子', department: '茶务办公室', papers: ['旧杯子'], limit: '3个工作日' },
  ]);
});

it('shows a service of two catalogues once, from the nearest', () => {
  const shown = servicesIn([catalogue('2 days'), catalogue('5 days')], named, 'en');
  expect(shown.map(({ limit }) => limit)).toEqual(['2 days']);
});

it('leaves out what a village does not do', () => {
  expect(servicesIn([catalogue('2 days', ['township'])], named, 'zh-CN')).toEqual([]);
});
