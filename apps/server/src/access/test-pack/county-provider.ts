import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

/** The county's sign-on of a test 统一身份认证: a real provider on the loopback, at which whoever `logsIn` names is there without typing. */
export interface CountyProvider {
  readonly issuer: string;
  /** Who answers the next log-in at the provider; null refuses it. */
  logsIn: string | null;
  /** Leads a browser from where it was sent to the address it comes back to; gives what came along. */
  readonly visit: (address: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** Starts a provider that knows one client, this server. */
export const startCountyProvider = async (client: {
  readonly id: string;
  readonly secret: string;
  readonly returns: string;
}): Promise<CountyProvider> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [client.returns] }],
    findAccount: (_: unknown, accountId: string) => ({ accountId, claims: () => ({ sub: accountId }) }),
    features: { devInteractions: { enabled: false } },
    // Said out loud so that the provider does not remark on its defaults in the middle of a report.
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    // The county's own system is asked for no consent of the person to itself.
    loadExistingGrant: async (ctx: {
      oidc: { provider: Provider; client: { clientId: string }; session: { accountId: string } };
    }) => {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client.clientId,
        accountId: ctx.oidc.session.accountId,
      });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  const known: CountyProvider = {
    issuer,
    logsIn: null,
    visit: async (address) => {
      const cookies = new Map<string, string>();
      let next = address;
      for (let step = 0; step < 10 && !next.startsWith(client.returns); step += 1) {
        const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
        const heard = await fetch(next, { redirect: 'manual', headers: { cookie } });
        for (const line of heard.headers.getSetCookie()) {
          const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
          cookies.set(name, value);
        }
        const onward = heard.headers.get('location');
        if (onward === null) throw new Error(`${heard.status} at ${next}: ${await heard.text()}`);
        next = new URL(onward, next).href;
      }
      return new URL(next).search;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (request.url?.startsWith('/interaction/') !== true) return void answer(request, response);
    const result =
      known.logsIn === null ? { error: 'access_denied' } : { login: { accountId: known.logsIn }, consent: {} };
    return void provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  });
  return known;
};
