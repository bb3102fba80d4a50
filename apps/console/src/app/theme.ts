import type { ThemeConfig } from 'antd';

/** The portal's colours, so that a resident's page and an officer's page are seen to be one house. */
export const colours = {
  ink: '#1c2a2d',
  muted: '#4d5c5c',
  paper: '#fbf8f2',
  line: '#ded7c9',
  primary: '#0b5d54',
  deep: '#0a3f3b',
  gold: '#e3b04b',
  warm: '#a5331a',
  amber: '#6f4400',
  good: '#1d642b',
} as const;

export const theme: ThemeConfig = {
  cssVar: {},
  hashed: false,
  token: {
    colorPrimary: colours.primary,
    colorLink: colours.primary,
    colorError: colours.warm,
    colorSuccess: colours.good,
    colorTextBase: colours.ink,
    colorTextDescription: colours.muted,
    colorTextPlaceholder: '#667272',
    // Nothing moves: an old phone has no time for it, and some people are made ill by it.
    motion: false,
    borderRadius: 8,
    fontSize: 15,
    controlHeight: 38,
    fontFamily:
      "system-ui, -apple-system, 'PingFang SC', 'HarmonyOS Sans SC', MiSans, 'Noto Sans SC', 'Source Han Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif",
  },
};
