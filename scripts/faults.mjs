/**
 * The faults 故障 that a campaign can make happen: what happens and how it is brought about, the test that does it, how often the plan wants it, and the
 * sentence its figure makes.
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
  F1: {
    what: { en: 'the server is killed in mid-request', zh: '服务器在办理途中被强行结束' },
    how: {
      en: 'eight people send at once, kill -9 at any moment; what was not answered is sent again under its id',
      zh: '8 个人同时提交，随时 kill -9；没有答复的用同一编号重交',
    },
    file: 'src/kills',
    rounds: 100,
    ...killed('kill -9 of the server', '强行结束服务器'),
  },
  F2: {
    what: { en: 'every process of the database is killed', zh: '数据库的全部进程被强行结束' },
    how: {
      en: 'the same; afterwards every table and index is checked, projections are reckoned anew',
      zh: '同上；事后逐表、逐索引核对，汇总重算',
    },
    file: 'src/kills',
    rounds: 100,
    ...killed('kill -9 of every PostgreSQL process', '强行结束全部数据库进程'),
  },
  F3: {
    what: {
      en: 'the power goes: server and database end at once, or the database first',
      zh: '断电：服务器与数据库同时或先后结束',
    },
    how: { en: 'the same', zh: '同上' },
    file: 'src/kills',
    rounds: 50,
    ...killed('kills of both, at once or the database first', '同时或先后（先数据库）强行结束两者'),
  },
  F4: {
    what: { en: 'the database restarts under load', zh: '负载中数据库重启' },
    how: { en: 'the signal of pg_ctl restart -m immediate', zh: 'pg_ctl restart -m immediate 的信号' },
    file: 'src/kills',
    rounds: 12,
    words: ({ rounds, answered, askedAgain, slowestSeconds }) => ({
      en: `${rounds} restarts of the database under load: ${n(answered)} requests answered, ${n(askedAgain)} times 503 with Retry-After and **0** other answers 5xx; **0** lost, **0** doubled; back to work within ${slowestSeconds} s`,
      zh: `负载中重启数据库 ${rounds} 次：答复 ${n(answered)} 件，503（带 Retry-After）${n(askedAgain)} 次，其他 5xx **0** 次；丢失 **0**，重复 **0**；最慢 ${slowestSeconds} 秒后恢复办理`,
    }),
  },
  F5: {
    what: { en: 'one command comes in many times, at once and late', zh: '同一件事重复提交，同时或事后' },
    how: {
      en: 'requests, entries by an office, acts, attachments; ten at a time, 2 to 100 copies of each at once and one late; the rows added to every table are compared',
      zh: '群众来件、代为登记、办理、附件四类，十条一批，每条 2 到 100 份同时提交，事后再交一份；比较每张表增加的行数',
    },
    file: 'src/faults.test',
    rounds: 500,
    words: ({ commands, sent, kinds, most }) => ({
      en: `${n(commands)} commands of ${kinds} kinds sent ${n(sent)} times, up to ${most} copies at once and one late: **0** doubled in any table, one answer each`,
      zh: `${kinds} 类 ${n(commands)} 条指令共提交 ${n(sent)} 次（同时最多 ${most} 份，事后再交一份）：任何一张表都没有多出一行，答复始终同一个`,
    }),
  },
  F7: {
    what: {
      en: 'a network that is slow, cut, reset, silent, dripping',
      zh: '网络慢、断在半路、重置、没有回音、一点一点来',
    },
    how: {
      en: 'connections through a proxy that does these things, forty at a time, cut after each number of bytes',
      zh: '经一个会出这些毛病的代理连接，四十个一批，断在任何一处',
    },
    file: 'src/faults.test',
    rounds: 2_000,
    words: ({ kinds, connections, unknown }) => ({
      en: `${n(connections)} connections of ${kinds} kinds of bad network, ${n(unknown)} cut before the answer: **0** lost, **0** doubled, one answer each`,
      zh: `${kinds} 种坏网络 ${n(connections)} 次连接（${n(unknown)} 次未等到答复就断了）：丢失 **0**，重复 **0**，答复始终同一个`,
    }),
  },
  F9: {
    what: { en: 'any call on a file fails', zh: '写文件时任何一次系统调用出错' },
    how: {
      en: 'strace makes openat, write, fsync and rename fail or end the process, one after the other',
      zh: 'strace 让 openat、write、fsync、rename 逐一失败或结束进程',
    },
    file: 'src/files/file-calls',
    rounds: 100,
    words: ({ writers, hits, killed }) => ({
      en: `${hits} calls on the files of ${writers} writers failed or ended the process (${killed} kill -9, else EIO or ENOSPC): each file the old one, the new one or not there, the next run complete`,
      zh: `${writers} 处写文件的地方，${hits} 次系统调用出错或进程被结束（其中强行结束 ${killed} 次，其余为读写错误、磁盘满）：文件或旧或新或没有，再做一次即完成`,
    }),
  },
  F11: {
    what: {
      en: 'the disk is full: tables, what queries put aside, attachments, the public log, the reserve, the database’s own log',
      zh: '磁盘写满：数据、排序暂存、附件、公开册、余量、数据库自己的日志',
    },
    how: { en: 'a very small disk is mounted, filled and freed', zh: '装一块很小的磁盘，写满，再腾空' },
    file: 'src/disk-full',
    rounds: 10,
    words: ({ places, rounds, refused, answered }) => ({
      en: `disks full in ${places} places, ${rounds} times each: ${n(refused)} refusals in words (507, or 503 while the database is away), nothing kept half, reading goes on while a reserve is kept, ${n(answered)} requests answered with no restart by hand; **0** lost`,
      zh: `${places} 处磁盘写满，各 ${rounds} 次：拒绝 ${n(refused)} 次并说明原因（507；数据库停下时 503），没有写一半的，留有余量时照常查阅；腾出空间后不必人工重启，共办理 ${n(answered)} 件；丢失 **0**`,
    }),
  },
  F13: {
    what: {
      en: 'the clock jumps: ahead, back, a leap day, a year’s end, too fast',
      zh: '时钟乱跳：快进、后退、闰日、年末、走快',
    },
    how: { en: 'the test sets the server’s clock', zh: '服务器的时钟由测试拨动' },
    file: 'src/faults.test',
    rounds: 40,
    words: ({ jumps }) => ({
      en: `${jumps} jumps of the server's clock: the command sent again has its first answer, sessions hold, no limit lies before its request, no number twice`,
      zh: `服务器时钟跳 ${jumps} 次：重交的仍得第一次的答复，登录不断，期限不早于来件，编号不重`,
    }),
  },
  F14: {
    what: {
      en: 'two servers at once, one exchanged, the schema growing under both',
      zh: '两台服务器同时办理，轮流更换，数据库结构同时变化',
    },
    how: {
      en: 'every quarter of a minute one is exchanged and a column comes and goes, while both get the same commands; 240 exchanges are an hour',
      zh: '每 15 秒换下一台、表加列减列一次，两台同时收到同样的指令；240 次即一小时',
    },
    file: 'src/faults.test',
    rounds: 240,
    words: ({ commands, exchanged, minutes }) => ({
      en: `${n(commands)} commands sent to two servers of one database in ${minutes} minutes while one was exchanged ${exchanged} times and the schema changed under both: one answer each, **0** errors, no number twice`,
      zh: `${minutes} 分钟内 ${n(commands)} 条指令同时交给同一数据库的两台服务器，其间换下一台 ${exchanged} 次、表结构变化 ${exchanged} 次：答复同一个，出错 **0**，编号不重`,
    }),
  },
  F15: {
    what: { en: 'the worker that sends letters dies at any step', zh: '办理外发的进程死在任何一步' },
    how: { en: 'it is ended at each step', zh: '每一步各结束一次' },
    file: 'src/mail/mail.test',
    rounds: 1000,
    words: ({ deaths, twice }) => ({
      en: `${n(deaths)} deaths of the worker at every step: each letter sent once or, ${n(twice)} times, twice under the same id; none lost`,
      zh: `进程在每一步死掉共 ${n(deaths)} 次：每封信一次，其中 ${n(twice)} 次发了两次且编号相同；无一遗失`,
    }),
  },
  F17: {
    what: { en: 'the machine is lost and the county restored on an empty one', zh: '机器没了，在空机器上恢复' },
    how: {
      en: 'a whole county exported and taken in, compared table by table, each receipt verified',
      zh: '整县导出、导入，逐表比对，凭条逐张核对',
    },
    file: 'src/tenants/restore',
    rounds: 500,
    words: ({ requests, entries, rows, seconds }) => ({
      en: `${n(requests)} requests, ${n(rows)} rows restored and checked on an empty database in ${seconds} s: every receipt and all ${n(entries)} proofs hold, projections equal`,
      zh: `${n(requests)} 件事项、${n(rows)} 行在空数据库上恢复并核对，用时 ${seconds} 秒：凭条与 ${n(entries)} 份存证全部核对无误，汇总一致`,
    }),
  },
};
