import type { startSuiteDatabase, SuiteDatabase } from './cluster.js';

/** Several projects of one run share one PostgreSQL; the last one to end removes it. */
interface Shared {
  users: number;
  started: ReturnType<typeof startSuiteDatabase>;
}

const shared: { lianxinSuite?: Shared } = globalThis as never;

/** Where test files find the database; the environment reaches them whatever way they are run. */
export const suiteVariable = 'LIANXIN_TEST_SUITE';

/** The whole server is read for it, which takes as long as many a test file: only the project that comes first does so. */
const start: typeof startSuiteDatabase = async () => (await import('./cluster.js')).startSuiteDatabase();

/** What the test runner calls before and, through the function it gives, after the tests of a project. */
const setUp = async (): Promise<() => Promise<void>> => {
  shared.lianxinSuite ??= { users: 0, started: start() };
  const suite = shared.lianxinSuite;
  suite.users += 1;
  const { database, remove } = await suite.started;
  process.env[suiteVariable] = JSON.stringify(database satisfies SuiteDatabase);
  return async () => {
    suite.users -= 1;
    if (suite.users > 0) return;
    delete shared.lianxinSuite;
    await remove();
  };
};

export default setUp;
