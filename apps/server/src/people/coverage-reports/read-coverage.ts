import { fault, type Result } from '@lianxin/domain';
import type { CoverageReport, CoverageReportId } from '@lianxin/contract';
import type { Tx } from '../../storage/transaction.js';
import { mayRead } from '../people.access.js';
import { closedPartyBodies, emptyPartyBodies } from './closed-bodies.js';
import { convenienceStations, liaisonOffices, officeManagement } from './offices.js';
import {
  gridsWithoutPartyGroup,
  organisationsWithoutLink,
  partyTreeGaps,
  villagesWithoutBranch,
} from './party-bodies.js';
import { estatesAndBuildings, serviceRooms, sitesWithoutPartyBody } from './places.js';
import type { Coverage, CoverageQuery } from './report.js';
import { branchKinds, committeesDue } from './village-party.js';

/** Every coverage report by its id; a new one adds its line here and its id in the contract. */
const reports: Readonly<Record<CoverageReportId, Coverage>> = {
  'villages-without-branch': villagesWithoutBranch,
  'party-tree-gaps': partyTreeGaps,
  'grids-without-party-group': gridsWithoutPartyGroup,
  'organisations-without-link': organisationsWithoutLink,
  'estates-and-buildings': estatesAndBuildings,
  'committees-due': committeesDue,
  'branch-kinds': branchKinds,
  'sites-without-party-body': sitesWithoutPartyBody,
  'convenience-stations': convenienceStations,
  'office-management': officeManagement,
  'liaison-offices': liaisonOffices,
  'service-rooms': serviceRooms,
  'empty-party-bodies': emptyPartyBodies,
  'closed-party-bodies': closedPartyBodies,
};

/** Reports that count Party members need the capability to read them; without it the count would silently be zero. */
const needsMembers: readonly CoverageReportId[] = ['committees-due', 'empty-party-bodies', 'closed-party-bodies'];

/**
 * One coverage report 覆盖情况 for a division and below on a day, from the registers as they stand; nothing is entered for it.
 * Refuses `not-found` outside the range of the office, `capability-missing` where members would have to be counted.
 */
export const readCoverage = async (
  tx: Tx,
  report: CoverageReportId,
  query: CoverageQuery,
): Promise<Result<CoverageReport>> => {
  const strange = mayRead(tx.context, query.division);
  if (strange !== undefined) return { ok: false, faults: [strange] };
  if (needsMembers.includes(report) && !tx.context.caps.includes('read-members')) {
    return { ok: false, faults: [fault('capability-missing', { what: '查看党员组织关系' })] };
  }
  const division = await tx.first<{ name: string }>(`select name from lx.division where code = $1`, [query.division]);
  if (division === undefined) return { ok: false, faults: [fault('unknown-division', { code: query.division })] };
  const findings = await reports[report](tx, query);
  return {
    ok: true,
    value: { report, division: query.division, divisionName: division.name, on: query.on, ...findings },
  };
};
