/** Reports of coverage in the order in which a county asks for them; without schemas, so that a page can list them. */
export const coverageReports = [
  'villages-without-branch',
  'party-tree-gaps',
  'grids-without-party-group',
  'organisations-without-link',
  'estates-and-buildings',
  'committees-due',
  'branch-kinds',
  'sites-without-party-body',
  'convenience-stations',
  'office-management',
  'liaison-offices',
  'service-rooms',
  'empty-party-bodies',
  'closed-party-bodies',
] as const;
