/** Whose stage it is in the made-up county, and from when its rules answer. */
export const village = [{ body: 'villagers-committee' }, { body: 'office' }] as const;
export const inForce = { from: '2011-01-01' };
