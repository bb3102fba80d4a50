import { readdirSync, readFileSync } from 'node:fs';

/** Every process of the PostgreSQL that keeps its data in a folder: its postmaster and the children of it. */
export const clusterProcesses = (folder: string): number[] => {
  const all = readdirSync('/proc').flatMap((name) => {
    try {
      if (!/^\d+$/.test(name)) return [];
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      const parent = Number(/^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))?.[1]);
      return [{ pid: Number(name), parent, command }];
    } catch {
      return [];
    }
  });
  const masters = all.filter((one) => one.command.includes(`-D\0${folder}\0`)).map((one) => one.pid);
  return all.filter((one) => masters.includes(one.pid) || masters.includes(one.parent)).map((one) => one.pid);
};
