/** How the driver writes values for the database; it ships no declarations for this file. */
declare module 'pg/lib/utils.js' {
  const values: { readonly prepareValue: (value: unknown) => string | Buffer | null };
  export default values;
}
