/**
 * Terms of office 任职 as a register knows them: `known-from: appointments.posts`. They are kept once, with the bodies; whoever holds a post in a
 * village is known by name and village, and one name that two persons of a village bear is known of neither.
 */
export const termsRegister = {
  id: 'appointments',
  title: '任职',
  key: ['person', 'village'],
  /** The posts held today, by id, and the first day of the oldest of those terms. */
  fields: [{ id: 'posts' }, { id: 'in-post-from' }],
} as const;
