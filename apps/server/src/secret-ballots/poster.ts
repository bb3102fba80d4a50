import { manifestId, plainDate, toHex, type BallotManifest, type PlainDate } from '@lianxin/domain';
import { sha256 } from '../log/index.js';
import { paperDate, type Paper } from '../papers/index.js';

/** What hangs on the wall besides the manifest. */
export interface PosterPlace {
  /** The village or body whose wall it is. */
  readonly issuer: string;
  /** Address of the voter's page. */
  readonly address: string;
  readonly date: PlainDate;
}

/** The first 32 hexadecimal digits in eight groups of four, as the voter's phone shows them; 128 bits, which nobody can find twice. */
const digitGroups = (name: string): string => (name.slice(0, 32).match(/.{4}/g) ?? []).join('　');

const peopleOf = (manifest: BallotManifest): number =>
  Object.values(manifest.entitled).reduce((sum, one) => sum + one, 0);

const day = (text: string): string => paperDate(plainDate(text));

const labelOf = ({ labels }: BallotManifest, choice: string): string => labels?.[choice] ?? choice;

/**
 * The poster of a secret ballot 无记名测评公告: what is asked and when, the ballot's digits, how to vote on a phone or on paper, what it cannot protect from. The
 * digits cover question, roll and the keys of both issuers, so that a phone that shows others is asking for another ballot. Pure.
 */
export const posterOf = (manifest: BallotManifest, { issuer, address, date }: PosterPlace): Paper => ({
  title: manifest.title,
  issuer,
  date,
  code: { text: address, caption: '扫码领票、投票、核对' },
  blocks: [
    {
      kind: 'paragraph',
      text: `名册上 ${peopleOf(manifest)} 人参加，无记名。${day(manifest.tokensFrom)}起领票，${day(manifest.opens)}起投票，${day(manifest.closes)}夜里截止。`,
    },
    { kind: 'heading', level: 1, text: '投什么' },
    {
      kind: 'table',
      head: ['题目', '选项'],
      rows: manifest.questions.map(({ title, choices }) => [
        title,
        choices.map((choice) => labelOf(manifest, choice)).join('、'),
      ]),
      widths: [3, 2],
    },
    { kind: 'heading', level: 1, text: '先对号' },
    {
      kind: 'paragraph',
      text: '手机上“票据编号”的八组数字必须和这里一样；有一组不同就不要投，请告诉村务监督委员会。题目、名册和两家签发的钥匙都在这个编号里。',
    },
    { kind: 'paragraph', text: digitGroups(toHex(manifestId(sha256, manifest))) },
    { kind: 'heading', level: 1, text: '怎样投' },
    {
      kind: 'paragraph',
      text: '手机：扫码打开投票页，输入两张领票单上的码领票；投票开始以后选好，密封投进票箱，保存回执。公布以后用回执核对自己的票在不在。',
    },
    {
      kind: 'paragraph',
      text: '纸票：没有领票的，到投票点领纸票，到秘密写票处写。领过票没有用的，先在手机上作废再领。一个人只有一种办法。',
    },
    { kind: 'heading', level: 1, text: '它保不住什么' },
    {
      kind: 'paragraph',
      text: '看着您屏幕的人知道您投了什么，拿走您手机的人可以替您投。有人逼您、买您的票，请用纸票。大家投得一样，结果就说出了每个人。',
    },
  ],
});
