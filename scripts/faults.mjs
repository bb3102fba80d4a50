/**
 * The faults 故障 that a campaign can make happen: the test that does it, how often the plan wants it, and the sentence its figure makes.
 * A test passes only when nothing was lost and nothing doubled, so the sentence may say so.
 */

const n = (value) => value.toLocaleString('en');

const killed = (what, zh) => ({
  words: ({ rounds, answered, unknown, slowestSeconds }) => ({
    en: `${rounds} ${what}: ${n(answered)} requests answered, ${n(unknown)} of them after an unknown outcome; **0** lost, **0** doubled; back to work within ${slowestSeconds} s`,
    zh: `${zh} ${rounds} 次，答复 ${n(answered)} 件，其中 ${n(unknown)} 件曾不知结果；丢失 **0**，重复 **0**；最慢 ${slowestSeconds} 秒后恢复办理`,
  }),
});

/** Each by its number in the plan. */
export const faults = {
  F1: { file: 'src/kills', rounds: 100, ...killed('kill -9 of the server', '强行结束服务器') },
  F2: { file: 'src/kills', rounds: 100, ...killed('kill -9 of every PostgreSQL process', '强行结束全部数据库进程') },
  F3: {
    file: 'src/kills',
    rounds: 50,
    ...killed('kills of both, at once or the database first', '同时或先后（先数据库）强行结束两者'),
  },
  F4: {
    file: 'src/kills',
    rounds: 12,
    words: ({ rounds, answered, askedAgain, slowestSeconds }) => ({
      en: `${rounds} restarts of the database under load: ${n(answered)} requests answered, ${n(askedAgain)} times 503 with Retry-After and **0** other answers 5xx; **0** lost, **0** doubled; back to work within ${slowestSeconds} s`,
      zh: `负载中重启数据库 ${rounds} 次：答复 ${n(answered)} 件，503（带 Retry-After）${n(askedAgain)} 次，其他 5xx **0** 次；丢失 **0**，重复 **0**；最慢 ${slowestSeconds} 秒后恢复办理`,
    }),
  },
  F5: {
    file: 'src/faults.test',
    rounds: 1000,
    words: ({ commands, sent }) => ({
      en: `${n(commands)} commands sent ${n(sent)} times, at once and late: **0** doubled, one answer each`,
      zh: `${n(commands)} 条指令同时或事后重复提交共 ${n(sent)} 次：重复 **0**，答复始终同一个`,
    }),
  },
  F7: {
    file: 'src/faults.test',
    rounds: 300,
    words: ({ kinds, connections, unknown }) => ({
      en: `${n(connections)} connections of ${kinds} kinds of bad network, ${n(unknown)} cut before the answer: **0** lost, **0** doubled, one answer each`,
      zh: `${kinds} 种坏网络 ${n(connections)} 次连接（${n(unknown)} 次未等到答复就断了）：丢失 **0**，重复 **0**，答复始终同一个`,
    }),
  },
};
