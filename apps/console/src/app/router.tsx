import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { TodayPage } from '../features/inbox/today.js';
import { Shell } from './shell.js';

const root = createRootRoute({ component: Shell });

/**
 * The addresses of the console. Log-in and today come with the first load; every other page, with the heavy tables and
 * pickers it needs, is fetched when someone goes there.
 */
const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/today', replace: true });
  },
});
const today = createRoute({ getParentRoute: () => root, path: '/today', component: TodayPage });

export const router = createRouter({
  routeTree: root.addChildren([home, today]),
  basepath: '/console',
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
export { lazyRouteComponent };
