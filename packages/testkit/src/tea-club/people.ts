import { calendarOn, indexHolidays, plainDate, type Actor, type Calendar, type RollFor } from '@lianxin/domain';

/**
 * The tea club 茶友会: a pretend institution for tests of the kernels. It has tables (groups), houses (villages), halls (townships) and
 * one guild (county), so that no test of the engine leans on a real rule that may change.
 */
export const WILLOW_HOUSE = '110101001005';
export const OTHER_HOUSE = '110101001006';
export const RIVER_HALL = '110101001000';
export const GUILD = '110101000000';

interface Seat {
  readonly post: string;
  readonly body: string;
  readonly bodyKind: string;
  readonly division: string;
  readonly level: string;
}

const seat = (post: string, bodyKind: string, division: string, level: string): Seat => ({
  post,
  body: `${bodyKind}-${division}`,
  bodyKind,
  division,
  level,
});

const officer = (person: string, ...offices: Seat[]): Actor => ({ kind: 'officer', person, offices, isFiler: false });

/** A guest of the house whose wish it is. */
export const guest: Actor = { kind: 'resident', person: 'guest', offices: [], isFiler: true };
/** Another guest of the same house. */
export const neighbour: Actor = { kind: 'resident', person: 'neighbour', offices: [], isFiler: false };
/** The deadline itself. */
export const system: Actor = { kind: 'system', offices: [], isFiler: false };

export const host = officer('host', seat('host', 'house', WILLOW_HOUSE, 'village'));
export const brewer = officer('brewer', seat('brewer', 'house', WILLOW_HOUSE, 'village'));
export const pourer = officer('pourer', seat('pourer', 'house', WILLOW_HOUSE, 'village'));
export const taster = officer('taster', seat('taster', 'tasting-board', WILLOW_HOUSE, 'village'));
export const waiter = officer('waiter', seat('table-leader', 'table', `${WILLOW_HOUSE}-group-003`, 'group'));
export const hallClerk = officer('hall-clerk', seat('clerk', 'hall', RIVER_HALL, 'township'));
export const hallKeeper = officer('hall-keeper', seat('keeper', 'hall', RIVER_HALL, 'township'));
export const kettleWarden = officer('kettle-warden', seat('warden', 'kettle-office', RIVER_HALL, 'township'));
export const guildMaster = officer('guild-master', seat('master', 'guild', GUILD, 'county'));
export const strangerHost = officer('stranger-host', seat('host', 'house', OTHER_HOUSE, 'village'));

/** Everyone, by name. */
export const everyone: Readonly<Record<string, Actor>> = {
  guest,
  neighbour,
  system,
  host,
  brewer,
  pourer,
  taster,
  waiter,
  hallClerk,
  hallKeeper,
  kettleWarden,
  guildMaster,
  strangerHost,
};

const years = [2023, 2024, 2025, 2026].map((year) => ({ year, source: 'the tea almanac', holidays: [], worked: [] }));

/** The almanac: weekends and nothing else; 2027 is still to come. */
export const almanac: Calendar = calendarOn(
  indexHolidays(years, { source: 'the tea almanac', fixed: [], dated: [] }),
  plainDate('2026-06-30'),
);

/** Thirty representatives, twelve tasters, and a membership of a hundred in forty households. */
export const rolls: RollFor = (body) => {
  if (body === 'representatives') return { entitled: 30, households: 30 };
  if (body === 'tasting-board') return { entitled: 12 };
  if (body === 'assembly') return { entitled: 100, households: 40, 'all-members': 120 };
  return undefined;
};

/** The names readers know the bodies by. */
export const names = [
  { id: 'house', title: '茶馆' },
  { id: 'hall', title: '茶楼' },
  { id: 'guild', title: '茶会' },
  { id: 'table', title: '茶桌' },
  { id: 'kettle-office', title: '水壶办' },
  { id: 'tasting-board', title: '品茶组' },
  { id: 'representatives', title: '茶客代表会' },
  { id: 'assembly', title: '茶客大会' },
  { id: 'host', title: '馆主' },
  { id: 'brewer', title: '泡茶人' },
  { id: 'table-leader', title: '桌长' },
];
