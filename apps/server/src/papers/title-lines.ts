const words = new Intl.Segmenter('zh-CN', { granularity: 'word' });

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
    const end = ends.toSorted((a, b) => Math.abs(a - share) - Math.abs(b - share))[0] ?? Math.ceil(share);
    lines.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...lines, rest];
};
