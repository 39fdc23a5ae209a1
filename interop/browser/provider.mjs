// A provider of OpenID Connect for tests: one client, one person, keys that end with it. Says its address when it listens.
//
// It is the npm package oidc-provider with its own sign-in pages, which take any name and any password.

import http from 'node:http';
import { webcrypto } from 'node:crypto';
import Provider from 'oidc-provider';

const server = http.createServer();
await new Promise((listening) => { server.listen(0, '127.0.0.1', listening); });
const issuer = `http://127.0.0.1:${server.address().port}`;
const { HENG_CLIENT_SECRET, HENG_RETURN, HENG_TOKEN_ALGORITHM = 'RS256' } = process.env;

const provider = new Provider(issuer, {
  clients: [{
    client_id: 'heng',
    client_secret: HENG_CLIENT_SECRET,
    redirect_uris: [HENG_RETURN],
    grant_types: ['authorization_code'],
    response_types: ['code'],
    id_token_signed_response_alg: HENG_TOKEN_ALGORITHM,
  }],
  jwks: { keys: await keys() },
  cookies: { keys: ['only for tests'] },
  pkce: { required: () => true },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
});
server.on('request', provider.callback());
console.log(issuer);
process.on('SIGTERM', () => process.exit(0));

async function keys() {
  const made = [
    [{ name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' }, 'RS256'],
    [{ name: 'ECDSA', namedCurve: 'P-256' }, 'ES256'],
  ];
  return Promise.all(made.map(async ([algorithm, alg]) => {
    const pair = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const { key_ops, ext, ...key } = await webcrypto.subtle.exportKey('jwk', pair.privateKey);
    return { ...key, use: 'sig', alg, kid: `test-${alg}` };
  }));
}
