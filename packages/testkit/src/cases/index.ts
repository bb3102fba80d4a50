export { CaseAct, CasePerson, CaseShortcuts, CoverageCase, ProcedureCase, RegisterCase } from './case-file.js';
export { readCases, readLooseCases, titleOfCase, type PackCase, type ReadCases } from './read-cases.js';
export { runCoverageCase, runProcedureCase } from './run-case.js';
export { runRegisterCase } from './run-register-case.js';
