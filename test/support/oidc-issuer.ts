/** A real OpenID Connect provider on 127.0.0.1: signs access tokens for its clients, each of which stands for one official. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, importJWK, type JWK, type JWTPayload, SignJWT } from 'jose';
import Provider from 'oidc-provider';

export interface TestOfficial {
  readonly id: string;
  /** Claims of the access token besides what every token has. */
  readonly claims: Readonly<Record<string, unknown>>;
}

export interface TestIssuer {
  readonly issuer: string;
  readonly audience: string;
  /** An access token as the provider gives it out. */
  tokenOf(official: string): Promise<string>;
  /** Any token, signed with the provider's own key unless another is given. */
  sign(payload: JWTPayload, header?: Readonly<Record<string, unknown>>, key?: JWK): Promise<string>;
  readonly publicJwk: JWK;
  /** From now on it signs with another key, and no longer shows the one before. */
  rotateKeys(): Promise<void>;
  /** Requests for its keys since the start. */
  keyRequests(): number;
  /** It goes on listening and answers nothing. */
  fallSilent(): void;
  speakAgain(): void;
  stop(): Promise<void>;
}

const secret = 'for-tests-on-this-machine-alone';

export async function startTestIssuer(officials: readonly TestOfficial[], audience: string): Promise<TestIssuer> {
  const running = await listenAnywhere();
  const issuer = `http://127.0.0.1:${running.port}`;
  let key = await makeKey('first');
  let handle = createHandler(issuer, audience, officials, key);
  let keyRequests = 0;
  let silent = false;
  running.server.on('request', (request, response) => {
    if (request.url?.startsWith('/jwks')) keyRequests += 1;
    if (!silent) void handle(request, response);
  });
  return {
    issuer,
    audience,
    get publicJwk() {
      const { d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...open } = key;
      return open;
    },
    async tokenOf(official) {
      const response = await fetch(`${issuer}/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: official,
          client_secret: secret,
          resource: audience,
        }),
      });
      const { access_token: token, ...rest } = (await response.json()) as { access_token?: string };
      if (token === undefined) throw new Error(`expected an access token, got ${JSON.stringify(rest)}`);
      return token;
    },
    async sign(payload, header = {}, other = key) {
      return new SignJWT(payload)
        .setProtectedHeader({ alg: 'RS256', kid: other.kid!, ...header })
        .sign(await importJWK(other, (header['alg'] as string | undefined) ?? 'RS256'));
    },
    async rotateKeys() {
      key = await makeKey('second');
      handle = createHandler(issuer, audience, officials, key);
    },
    keyRequests: () => keyRequests,
    fallSilent: () => void (silent = true),
    speakAgain: () => void (silent = false),
    stop: () =>
      new Promise((resolve) => {
        running.server.closeAllConnections();
        running.server.close(() => resolve());
      }),
  };
}

function createHandler(
  issuer: string,
  audience: string,
  officials: readonly TestOfficial[],
  key: JWK,
): ReturnType<Provider['callback']> {
  const claimsOf = new Map(officials.map(({ id, claims }) => [id, claims]));
  const provider = new Provider(issuer, {
    jwks: { keys: [key] },
    clients: officials.map(({ id }) => ({
      client_id: id,
      client_secret: secret,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      token_endpoint_auth_method: 'client_secret_post' as const,
    })),
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: () => ({
          scope: '',
          audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 600,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    extraTokenClaims: (_context, token) => ({ ...claimsOf.get(token.clientId ?? '') }),
  });
  return provider.callback();
}

async function makeKey(kid: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  // It names no algorithm, so that none but the service's own choice keeps others out.
  return { ...(await exportJWK(privateKey)), kid, use: 'sig' };
}

function listenAnywhere(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve({ server, port: (server.address() as AddressInfo).port })),
  );
}
