import { RefusedError } from '@lianxin/contract/client';
import { Faults } from '../../app/faults.js';
import { useSessionWords } from './words.js';

/** Why it did not work with a passkey: what the server refused, or that the person or the device broke it off. */
export function DeviceFaults({ error }: { readonly error: unknown }) {
  const said = useSessionWords();
  if (error === null || error === undefined) return null;
  if (error instanceof RefusedError) return <Faults error={error} />;
  const known = error instanceof Error && 'code' in error && error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED';
  return (
    <p className="refusal" role="alert" data-fault="device">
      {known ? said.passkeyKnown : said.passkeyBrokenOff}
    </p>
  );
}
