import type { Fault } from '@lianxin/domain';
import { z } from 'zod';

/** A message with its answer, as a line of the file holds it. */
export const Message = z.object({
  id: z.union([z.number().int(), z.string().min(1).max(60)]),
  user: z.string().max(60).optional(),
  title: z.string().max(300),
  filed_at: z.iso.datetime({ offset: true }),
  text: z.string().max(20_000),
  reply: z.string().min(1).max(40_000),
  replied_at: z.iso.datetime({ offset: true }),
});
export type Message = z.infer<typeof Message>;

/** A line that cannot be taken: where, which field, why, and what to do. */
export interface LineProblem {
  readonly line: number;
  readonly field: string;
  readonly why: string;
  readonly cure: string;
}

const cures: Readonly<Record<string, string>> = {
  id: '每条信件要有不重复的编号',
  filed_at: '写成带时区的时间，例如 2019-04-24T16:03:40+08:00',
  replied_at: '写成带时区的时间，且不早于来信时间',
  text: '补上来信正文',
  title: '补上标题',
  reply: '补上答复全文；没有答复的信件不要放进这个文件',
};

const problem = (line: number, field: string, why: string): LineProblem => ({
  line,
  field,
  why,
  cure: cures[field] ?? '改正后重新运行；已导入的不会重复',
});

/** A message that was read, with the line it stands in. */
export interface ReadMessage {
  readonly line: number;
  readonly message: Message;
}

/**
 * Reads a whole file of messages before anything is imported (逐行检查): every bad line by number, field, reason and cure. A byte order mark, empty
 * lines and Windows line ends are taken as they come; what is not UTF-8 is named as such. Pure.
 */
export const readMessages = (text: string): { messages: ReadMessage[]; problems: LineProblem[] } => {
  const messages: ReadMessage[] = [];
  const problems: LineProblem[] = [];
  const lines = new Map<string, number>();
  const rows = text.replace(/^\uFEFF/u, '').split(/\r?\n/u);
  for (const [at, row] of rows.entries()) {
    const line = at + 1;
    if (row.trim() === '') continue;
    if (row.includes('\uFFFD')) {
      problems.push(problem(line, '整行', '含有无法识别的字符，文件可能不是 UTF-8 编码'));
      continue;
    }
    let value: unknown;
    try {
      value = JSON.parse(row);
    } catch {
      problems.push(problem(line, '整行', '不是完整的 JSON，可能被截断'));
      continue;
    }
    const read = Message.safeParse(value);
    if (!read.success) {
      problems.push(...read.error.issues.map((issue) => problem(line, String(issue.path[0] ?? '整行'), issue.message)));
      continue;
    }
    const message = read.data;
    if (message.text.trim() === '' && message.title.trim() === '')
      problems.push(problem(line, 'text', '标题和正文都是空的'));
    else if (Date.parse(message.replied_at) < Date.parse(message.filed_at)) {
      problems.push(problem(line, 'replied_at', '答复早于来信'));
    } else if (lines.has(String(message.id))) {
      problems.push(problem(line, 'id', `与第 ${lines.get(String(message.id))} 行重复`));
    } else {
      lines.set(String(message.id), line);
      messages.push({ line, message });
    }
  }
  return { messages, problems };
};

/** Faults of a command on one line, in the shape of the other problems. */
export const refusedLine = (
  line: number,
  faults: readonly Fault[],
  words: (fault: Fault) => { what: string; cure: string },
): LineProblem[] =>
  faults.map((fault) => ({
    line,
    field: String(fault.params['field'] ?? '整条'),
    why: words(fault).what,
    cure: words(fault).cure,
  }));
