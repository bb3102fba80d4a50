import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Deps } from '../deps.js';
import type { App } from './environment.js';

/** A server that listens. */
export interface Listening {
  readonly port: number;
  /** Takes no new request, lets those at work finish for up to ten seconds, then closes. */
  readonly close: () => Promise<void>;
}

/** How long a request may take to arrive, and an unused connection may wait. */
const seconds = { headers: 10, request: 60, idle: 65, farewell: 10 } as const;

const closeGently = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), seconds.farewell * 1000);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });

/** Listens on the configured address; rejects in words when the port is taken. */
export const listen = (app: App, deps: Pick<Deps, 'config' | 'log'>): Promise<Listening> =>
  new Promise((resolve, reject) => {
    const { host, port } = deps.config;
    const server = serve({ fetch: app.fetch, port, hostname: host }, (info: AddressInfo) =>
      resolve({ port: info.port, close: () => closeGently(server) }),
    ) as Server;
    server.headersTimeout = seconds.headers * 1000;
    server.requestTimeout = seconds.request * 1000;
    server.keepAliveTimeout = seconds.idle * 1000;
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `端口 ${port} 已被占用，请用 PORT 指定别的端口。 Port ${port} is taken: choose another with PORT.`;
      reject(error.code === 'EADDRINUSE' ? new Error(taken) : error);
    });
  });
