import { defineConfig } from 'vitest/config';

/** Workspace packages are read from their source, so that a test needs no build. */
const source = { conditions: ['source'] };

const aside = ['**/node_modules/**', '**/dist/**'];

const unit = (name: string, root: string, extra: object = {}) => ({
  resolve: source,
  ssr: { resolve: source },
  // Global set-up files run in an environment of the runner's own.
  environments: { __vitest__: { resolve: source } },
  test: {
    name,
    root,
    include: ['**/*.test.ts', '**/*.test.tsx'],
    exclude: aside,
    // Files share what a worker has loaded: a test that leaves something behind in a module is wrong anyway, and reading the server
    // anew for each of a hundred files took as long as the tests.
    isolate: false,
    // A slow machine is no fault: a limit costs nothing where all is well, and what is polled for comes when it comes.
    expect: { poll: { timeout: 60_000 } },
    ...extra,
  },
});

const onServer = {
  globalSetup: ['../../packages/testkit/src/database/global-setup.ts'],
  testTimeout: 120_000,
  hookTimeout: 240_000,
};
/** Puts a quick hash in the place of a password's slow one, which no other file may meet: it has a worker of its own. */
const generatedCalls = 'src/http/generated-calls.test.ts';

export default defineConfig({
  test: {
    // A test waits for PostgreSQL half of its time: two files side by side keep both cores of a small machine at work.
    maxWorkers: 2,
    projects: [
      unit('domain', './packages/domain'),
      unit('pack-reader', './packages/pack-reader'),
      unit('contract', './packages/contract'),
      unit('testkit', './packages/testkit'),
      unit('policy-packs', './policy-packs'),
      unit('server', './apps/server', { ...onServer, exclude: [...aside, generatedCalls] }),
      unit('calls', './apps/server', { ...onServer, include: [generatedCalls], isolate: true }),
      unit('cli', './apps/cli', {
        globalSetup: ['../../packages/testkit/src/database/global-setup.ts'],
        testTimeout: 120_000,
        hookTimeout: 240_000,
      }),
      // Node itself must not look for sources here: a package below antd ships its own in TypeScript, which Node would not read.
      { ...unit('console', './apps/console', { environment: 'happy-dom', testTimeout: 60_000 }), ssr: {} },
      unit('house', './scripts'),
      unit('bench', './bench'),
      unit('e2e', './e2e', {
        globalSetup: ['../packages/testkit/src/database/global-setup.ts', './src/seeded-data.ts'],
        testTimeout: 300_000,
        hookTimeout: 300_000,
      }),
    ],
  },
});
