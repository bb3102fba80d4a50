/** Names of the usual notice channels. */
export const CHANNELS: Readonly<Record<string, string>> = {
  wall: '公示栏',
  portal: '网站',
  broadcast: '广播',
  meeting: '会议',
  group: '微信群',
};

const BALLOTS = { hands: '举手', paper: '票决', secret: '无记名投票' } as const;

/** The Chinese name of a ballot form. */
export const describeBallot = (ballot: keyof typeof BALLOTS): string => BALLOTS[ballot];
