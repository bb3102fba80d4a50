import { lazyRouteComponent } from '@tanstack/react-router';

/** A page could not be fetched, since the server cannot be reached (没有信号). */
export class NoLine extends Error {
  constructor() {
    super('the server cannot be reached');
    this.name = 'NoLine';
  }
}

const reachable = async (): Promise<boolean> =>
  fetch('/healthz', { cache: 'no-store' }).then(
    () => true,
    () => false,
  );

/**
 * A page that is fetched when someone goes there.
 *
 * Where that fails the router loads the whole console anew, which is right after a renewal. Without a line it would close what is open,
 * the pocket of field work above all, and bring nothing: so the page says that there is none.
 */
export const lazyPage: typeof lazyRouteComponent = (load, name) =>
  lazyRouteComponent(
    async () =>
      load().catch(async (error: unknown) => {
        throw (await reachable()) ? error : new NoLine();
      }),
    name,
  );
