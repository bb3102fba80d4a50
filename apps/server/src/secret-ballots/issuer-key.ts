import { createPrivateKey, createPublicKey, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { issuerKeyOf, type IssuerPair } from '../ballot-issuer/index.js';
import type { Keys } from '../storage/keys.js';

const nameOf = (ballot: string): string => `ballot-${ballot}`;

/** Makes the first issuer's key 第一家签发的密钥 of a new ballot, in the keys folder; gives its modulus as the manifest takes it. */
export const makeIssuerKey = async (keys: Keys, ballot: string): Promise<string> => {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 3072 });
  keys.fileOf(nameOf(ballot), () => Buffer.from(privateKey.export({ format: 'pem', type: 'pkcs8' })));
  return privateKey.export({ format: 'jwk' }).n ?? '';
};

/** The first issuer's key of a ballot; throws where it was lost, since another key would sign for another ballot. */
export const issuerKeyFor = (keys: Keys, ballot: string): IssuerPair => {
  const privateKey = createPrivateKey(
    keys.fileOf(nameOf(ballot), () => {
      throw new Error(`the issuer's key of ballot ${ballot} is not in the keys folder: restore it from its backup`);
    }),
  );
  return { key: issuerKeyOf(createPublicKey(privateKey)), privateKey };
};
