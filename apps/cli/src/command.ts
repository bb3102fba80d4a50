/** Where a command reads its surroundings and writes its words; an argument, so that a test can stand in for the terminal. */
export type CommandIo = {
  out: (text: string) => void;
  err: (text: string) => void;
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
};

/** What a command is to the dispatcher: it gets what follows its name and gives an exit code (0 done, 1 refused, 2 wrongly called). */
export type RunCommand = (args: readonly string[], io: CommandIo) => number | Promise<number>;

/** A row of the table of commands; the module is loaded only when its command is called, so that `pack check` needs no database. */
export type CommandEntry = { name: string; summary: string; load: () => Promise<{ run: RunCommand }> };
