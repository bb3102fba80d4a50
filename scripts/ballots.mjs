/**
 * The campaigns of the secret ballot 无记名投票专项: the test that runs each, how often the plan wants it, what it is told, and the sentence its figure
 * makes. A test passes only when what the sentence says held.
 */

/** Voters of each ballot that is attacked. */
const attacked = 200;

export const ballots = {
  'ballot-links': {
    file: 'src/secret-ballots/attackers',
    rounds: 100,
    settings: (elections) => ({ LIANXIN_ELECTIONS: String(elections), LIANXIN_VOTERS: String(attacked) }),
    words: ({ elections, voters, attacks, best }) => {
      const mean = (best.links / elections).toFixed(2);
      const sigmas = best.sigmas.toFixed(1);
      return {
        en: `${elections} secret ballots of ${voters} voters, ${attacks} ways to match all that issuers and box keep: the best finds ${mean} of ${voters} a ballot, chance finds 1 (${sigmas} σ); a box that is still open shows its operator every one`,
        zh: `${elections} 次无记名投票、每次 ${voters} 人，用两家签发和票箱保存的全部数据按 ${attacks} 种办法对号：最好的一种每次猜中 ${mean} 人，瞎猜是 1 人（${sigmas} σ）；还没有封的票箱，运行它的人看得到`,
      };
    },
  },
  'ballot-model': {
    file: 'src/secret-ballots/ballot-model',
    rounds: 100,
    settings: (runs) => ({ LIANXIN_BALLOTS: String(runs) }),
    words: ({ ballots: runs, steps }) => ({
      en: `${runs} secret ballots of ${steps} random steps (tokens, votes, paper, lost phones): issued never fewer than returned, **0** counted twice, **0** shut out, every file holds in V1 to V12`,
      zh: `${runs} 次无记名投票，每次随机 ${steps} 步（领票、投票、纸票、丢手机）：发出从不少于收回，重复计票 **0**，被挡在外面 **0**，存档全部通过复核`,
    }),
  },
  'ballot-tokens': {
    project: 'domain',
    file: 'src/secret-ballot/blind',
    rounds: 1000,
    settings: (tokens) => ({ LIANXIN_TOKENS: String(tokens) }),
    words: ({ tokens }) => ({
      en: `${tokens} tokens each way between our client and a second implementation of RFC 9474 (RSA-3072, RSABSSA-SHA384-PSS-Deterministic): all verify, by OpenSSL too`,
      zh: `本程序与另一套 RFC 9474 实现互验双向各 ${tokens} 张（RSA-3072），OpenSSL 再验：全部通过`,
    }),
  },
  'ballot-worlds': {
    file: 'src/secret-ballots/differential-worlds',
    rounds: 1,
    settings: () => ({ LIANXIN_WORLDS: 'whole' }),
    words: ({ seen }) => ({
      en: `two elections with two votes exchanged: ${seen} answers, tables, files and logs of everybody but the two voters equal to the byte`,
      zh: `两次只有两人互换选择的投票：除这两人以外，所有人看到的 ${seen} 份答复、数据表、文件和日志逐字节相同`,
    }),
  },
};
