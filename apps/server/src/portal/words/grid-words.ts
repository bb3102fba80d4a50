import type { Language } from '../components/language.js';

const hectares = (metres: number): string => (metres / 10_000).toFixed(1);

const zh = {
  link: '网格和网格长',
  title: (village: string) => `${village}网格`,
  map: '网格示意图',
  flow: '网格服务流程',
  posted: (version: number, day: string) => `第 ${version} 版，${day} 公布`,
  label: (grids: number) => `网格示意图，共 ${grids} 个网格，名称和联系人见下表`,
  area: (metres: number) => `${hectares(metres)} 公顷`,
  nobody: '还没有公布网格长',
  none: '本村还没有公布网格示意图。',
  noFlow: '本村还没有公布网格服务流程。',
  madeUp: '演示用的虚构图形，不是实际地界。',
};
const en: typeof zh = {
  link: 'Grids and grid leaders',
  title: (village) => `Grids of ${village}`,
  map: 'Grid map',
  flow: 'Service flow',
  posted: (version, day) => `Version ${version}, posted ${day}`,
  label: (grids) => `Grid map with ${grids} grids; names and contacts are listed below`,
  area: (metres) => `${hectares(metres)} ha`,
  nobody: 'no grid leader published',
  none: 'This village has not posted a grid map yet.',
  noFlow: 'This village has not posted its service flow yet.',
  madeUp: 'Made-up shapes for demonstration, not real boundaries.',
};

/** The words of the public grid map 网格公示页用语. */
export const gridWords: Readonly<Record<Language, typeof zh>> = { 'zh-CN': zh, en };
