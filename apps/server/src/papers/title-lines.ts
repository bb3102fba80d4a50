const words = new Intl.Segmenter('zh-CN', { granularity: 'word' });

/** Before an opening bracket a title breaks best: so many characters further from the middle are put up with for it. */
const opening = /[（《〈“【〔]/u;
const bracketBonus = 4;

/**
 * A title in as few lines as it needs, of about equal length, broken between words: the standard wants no word torn and no single
 * character left over (GB/T 9704, 7.3.1).
 */
export const titleLines = (title: string, most: number): readonly string[] => {
  const lineCount = Math.ceil([...title].length / most);
  const lines: string[] = [];
  let rest = title;
  for (let left = lineCount; left > 1; left -= 1) {
    const share = [...rest].length / left;
    const ends = [...words.segment(rest)]
      .map((word) => word.index + word.segment.length)
      .filter((end) => end <= most && end < rest.length);
    const distance = (end: number): number =>
      Math.abs(end - share) - (opening.test(rest.charAt(end)) ? bracketBonus : 0);
    const end = ends.toSorted((a, b) => distance(a) - distance(b))[0] ?? Math.ceil(share);
    lines.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...lines, rest];
};
