/** Words that stand in several requests (共同的说法): the reason of an offer, where one can check it by reading. */
export function Phrases({ label, of }: { readonly label: string; readonly of: readonly string[] }) {
  if (of.length === 0) return null;
  return (
    <ul className="shared-phrases" aria-label={label}>
      {of.map((phrase) => (
        <li key={phrase}>{phrase}</li>
      ))}
    </ul>
  );
}
