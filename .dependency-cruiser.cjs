/**
 * The import rule. Each rule has a name and a sentence that says why; the sentence is what a failing build prints.
 * The order of the kernels is ARCHITECTURE.md's: a kernel may know those before it, never those after it.
 */
const kernels = [
  ['share', 'date', 'fault', 'merge'],
  ['condition', 'calendar', 'division', 'roll', 'identity'],
  ['ballot', 'disclosure', 'topic'],
  ['procedure', 'transparency'],
  ['policy-pack', 'secret-ballot'],
  ['record'],
];
const downwards = kernels.flatMap((level, index) => {
  const above = kernels.slice(index + 1).flat();
  if (above.length === 0) return [];
  return [
    {
      name: `kernels-know-only-those-below-${level.join('-')}`,
      comment: 'A kernel that knew a later one could not be read, tested or replaced on its own.',
      severity: 'error',
      from: { path: `^packages/domain/src/(${level.join('|')})/` },
      to: { path: `^packages/domain/src/(${above.join('|')})/` },
    },
  ];
});

const noCircles = {
  name: 'no-circles',
  comment:
    'Two files that need each other are one idea in two places, and whichever is loaded first finds the other half made.',
  severity: 'error',
  from: {},
  to: { circular: true },
};

/** Asked of the imports that run: a type costs nothing. */
const dearOnFirstUse = {
  name: 'dear-libraries-load-on-first-use',
  comment:
    'Libraries for papers, sheets, pictures and log-in cost half of the start and of the memory; each is loaded with its first use, by import().',
  severity: 'error',
  from: {
    path: '^apps/server/src/',
    pathNot: ['\\.test\\.tsx?$', '/test-pack/', '^apps/server/src/papers/(docx|print|sheets|blocks)\\.ts$'],
  },
  to: {
    path: [
      '(^|/)node_modules/(exceljs|sharp|docx|pdfmake|bpmn-moddle|better-auth|kysely|@simplewebauthn/server|openid-client|nodemailer|web-push)/',
      '^apps/server/src/papers/(docx|print|sheets)\\.ts$',
    ],
    dependencyTypesNot: ['dynamic-import'],
  },
};

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden:
    process.env.IMPORTS === 'runtime'
      ? [noCircles, dearOnFirstUse]
      : [
          {
            name: 'domain-is-pure',
            comment:
              'The domain runs in Node and in a browser and must give the same ruling in both: it knows zod and itself, nothing else.',
            severity: 'error',
            from: { path: '^packages/domain/src/', pathNot: '\\.test\\.ts$' },
            to: { pathNot: ['^packages/domain/src/', '^node_modules/zod/'] },
          },
          ...downwards,
          {
            name: 'only-the-pack-reader-opens-packs',
            comment: 'One reader gives one meaning to a pack file; a second parser would be a second language.',
            severity: 'error',
            from: {
              path: '^(packages|apps|e2e|bench)/',
              pathNot: [
                '^packages/pack-reader/',
                '\\.test\\.tsx?$',
                '/test-pack/',
                '^apps/server/src/portal/components/component-check\\.ts$',
              ],
            },
            to: { path: '^node_modules/yaml/' },
          },
          {
            name: 'contract-is-browser-safe',
            comment: 'Console and server read the same contract; a Node import would break the console at load.',
            severity: 'error',
            from: { path: '^packages/contract/src/', pathNot: '\\.test\\.ts$' },
            to: { dependencyTypes: ['core'] },
          },
          {
            name: 'contract-knows-the-domain-alone',
            comment:
              'The contract says what goes over the wire; how it is stored or read from packs is not its business.',
            severity: 'error',
            from: { path: '^packages/contract/src/' },
            to: { path: '^(apps/|packages/(pack-reader|testkit)/)' },
          },
          {
            name: 'features-meet-at-the-door',
            comment:
              'A server feature reaches another only through its index.ts, so that a store can change without its neighbours.',
            severity: 'error',
            from: {
              path: '^apps/server/src/(matters|people|households|disclosures|policy-packs|calendar|inbox|reports|records|files|journal|log|portal)/',
              pathNot: ['\\.test\\.tsx?$', '/test-pack/'],
            },
            to: {
              path: '^apps/server/src/(matters|people|households|disclosures|policy-packs|calendar|inbox|reports|records|files|journal|log|portal)/',
              pathNot: ['^apps/server/src/$1/', '/index\\.tsx?$'],
            },
          },
          {
            name: 'portal-uses-no-store',
            comment: 'A page that wrote SQL would be a second place where a rule about who may see lives.',
            severity: 'error',
            from: { path: '^apps/server/src/portal/' },
            to: { path: '\\.store\\.ts$' },
          },
          {
            name: 'console-knows-no-server-code',
            comment: 'What reaches a browser is public; server code may hold what is not.',
            severity: 'error',
            from: { path: '^apps/console/src/' },
            to: { path: '^(apps/server/|apps/cli/|packages/(pack-reader|testkit)/)' },
          },
          {
            name: 'tests-are-not-imported',
            comment:
              'Running code that leans on a test or on the testkit would ship pretend institutions to counties; the runner of pack cases is a tool of its own.',
            severity: 'error',
            from: {
              path: '^(packages/(domain|pack-reader|contract)|apps)/',
              pathNot: '(\\.test\\.tsx?$|/test-[a-z-]+/|-check\\.ts$)',
            },
            to: { path: ['\\.test\\.tsx?$', '^packages/testkit/'], pathNot: '^packages/testkit/src/cases/' },
          },
        ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^((packages|apps)/[^/]+|e2e|bench)/(dist|[.]tmp)/' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'require', 'node', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};
