import type { ReactNode } from 'react';

/** What talks to the device; read when somebody presses the button, since most log-ins do without. */
export const devicePasskeys = () => import('@simplewebauthn/browser');

/** Whether this browser, at this address, can hold a passkey: it takes https (or this machine) and a name, not a number. */
const canUsePasskeys = (): boolean =>
  globalThis.isSecureContext && 'PublicKeyCredential' in globalThis && !/^[\d.]+$|:/.test(globalThis.location.hostname);

/** Shows what takes a passkey only where there can be one. */
export function PasskeysHere({
  children,
  otherwise = null,
}: {
  readonly children: ReactNode;
  readonly otherwise?: ReactNode;
}) {
  return canUsePasskeys() ? children : otherwise;
}
