const LEVELS: Readonly<Record<string, string>> = { group: '组', village: '村', township: '镇', county: '县' };

/** The Chinese name of a level 层级: 组, 村, 镇, 县. */
export const describeLevel = (level: string): string => LEVELS[level] ?? level;
