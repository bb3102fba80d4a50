import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * How often a fault 故障 of the plan happens in this run: `usual` where every change is judged, as often as a campaign asks for in
 * `LIANXIN_ROUNDS` (`F1=100,F4=12`), which `npm run campaign` sets.
 */
export const faultRounds = (fault: string, usual: number): number => {
  const asked = (process.env['LIANXIN_ROUNDS'] ?? '').split(',').find((one) => one.startsWith(`${fault}=`));
  return asked === undefined ? usual : Number(asked.slice(fault.length + 1));
};

/** Tells a campaign what was found of a fault; where none listens the test alone judges. */
export const keepFaultFigure = (fault: string, figure: Readonly<Record<string, number>>): void => {
  process.stdout.write(`${fault}: ${JSON.stringify(figure)}\n`);
  const file = process.env['LIANXIN_CAMPAIGN'];
  if (file === undefined) return;
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>) : {};
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ ...before, [fault]: figure }));
};
