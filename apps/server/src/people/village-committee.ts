/** What counts for a Party committee in a village 村（社区）党委. */
export interface CommitteeConditions {
  /** Members on record in the branches of the village. */
  readonly members: number;
  readonly largerEconomy: boolean;
  readonly placeUpToStandard: boolean;
}

/** 100 members or more: 以上 includes the number itself. */
const leastMembers = 100;

/** Whether a village is due for a Party committee: 100 members or more, larger economy, service place up to standard [DY-49]. */
export const isDueForCommittee = (village: CommitteeConditions): boolean =>
  village.members >= leastMembers && village.largerEconomy && village.placeUpToStandard;

/** What the seven kinds of branch under a village committee are called 七类支部 [DY-50]. */
export const branchWords: Readonly<Record<string, string>> = {
  agriculture: '农业党支部',
  industry: '工业党支部',
  enterprise: '企业党支部',
  cooperative: '合作社党支部',
  'joint-new-organisations': '新经济社会组织联合党支部',
  'veteran-cadres': '老干部党支部',
  'mobile-members': '流动党员党支部',
};
