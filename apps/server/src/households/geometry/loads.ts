/** The load of a grid 任务量: its households, their share of the village, and whether that is too many for one grid worker. */
export interface GridLoad {
  readonly code: string;
  readonly households: number;
  /** Hundredths of the village's households, rounded. */
  readonly percent: number;
  readonly tooMany: boolean;
}

/**
 * The loads of a village's grids 任务相当 [DY-59]: too many are more than `most` times the even share. A warning and no refusal, since
 * a long valley with few houses may be right as it is.
 */
export const loadsOf = (households: ReadonlyMap<string, number>, most: number): GridLoad[] => {
  const total = [...households.values()].reduce((sum, count) => sum + count, 0);
  return [...households].map(([code, count]) => ({
    code,
    households: count,
    percent: total === 0 ? 0 : Math.round((100 * count) / total),
    tooMany: count * households.size > most * total,
  }));
};
