import { spawn } from 'node:child_process';

/**
 * Runs a program to its end, saying every half minute that it is still at work: an installation that compiles
 * takes minutes, and silence looks like a hang. Gives the end of what it printed where it failed. Progress goes to stderr, figures to stdout.
 */
export const runToEnd = async (
  what: string,
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<string | undefined> => {
  const began = performance.now();
  const seconds = (): string => `${Math.round((performance.now() - began) / 1000)} s`;
  const child = spawn(command, [...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  const keep = (chunk: Buffer): void => {
    printed = (printed + chunk.toString()).slice(-4000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  console.error(`${what} …`);
  const still = setInterval(() => console.error(`${what} … ${seconds()}`), 30_000);
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', (problem) => {
      printed += problem.message;
      resolve(null);
    });
    child.on('close', resolve);
  });
  clearInterval(still);
  console.error(`${what}: ${code === 0 ? 'done' : 'failed'} after ${seconds()}`);
  return code === 0 ? undefined : printed.slice(-300);
};
