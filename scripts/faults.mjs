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
  F9: {
    file: 'src/files/file-calls',
    rounds: 100,
    words: ({ writers, hits, killed }) => ({
      en: `${hits} calls on the files of ${writers} writers failed or ended the process (${killed} kill -9, else EIO or ENOSPC): each file the old one, the new one or not there, the next run complete`,
      zh: `${writers} 处写文件的地方，${hits} 次系统调用出错或进程被结束（其中强行结束 ${killed} 次，其余为读写错误、磁盘满）：文件或旧或新或没有，再做一次即完成`,
    }),
  },
  F11: {
    file: 'src/disk-full',
    rounds: 10,
    words: ({ places, rounds, refused, answered }) => ({
      en: `disks full in ${places} places, ${rounds} times each: ${n(refused)} refusals in words (507, or 503 while the database is away), nothing kept half, reading goes on while a reserve is kept, ${n(answered)} requests answered with no restart by hand; **0** lost`,
      zh: `${places} 处磁盘写满，各 ${rounds} 次：拒绝 ${n(refused)} 次并说明原因（507；数据库停下时 503），没有写一半的，留有余量时照常查阅；腾出空间后不必人工重启，共办理 ${n(answered)} 件；丢失 **0**`,
    }),
  },
  F15: {
    file: 'src/mail/mail.test',
    rounds: 1000,
    words: ({ deaths, twice }) => ({
      en: `${n(deaths)} deaths of the worker at every step: each letter sent once or, ${n(twice)} times, twice under the same id; none lost`,
      zh: `进程在每一步死掉共 ${n(deaths)} 次：每封信一次，其中 ${n(twice)} 次发了两次且编号相同；无一遗失`,
    }),
  },
  F17: {
    file: 'src/tenants/restore',
    rounds: 500,
    words: ({ requests, entries, rows, seconds }) => ({
      en: `${n(requests)} requests, ${n(rows)} rows restored and checked on an empty database in ${seconds} s: every receipt and all ${n(entries)} proofs hold, projections equal`,
      zh: `${n(requests)} 件事项、${n(rows)} 行在空数据库上恢复并核对，用时 ${seconds} 秒：凭条与 ${n(entries)} 份存证全部核对无误，汇总一致`,
    }),
  },
};
