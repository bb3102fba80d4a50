import { createHash, createSign, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';

/** What a device is told besides the challenge. */
interface Asked {
  readonly challenge: string;
  readonly rp?: { readonly id?: string };
  readonly rpId?: string;
}

/** How a device may misbehave, for refusals. */
export interface Misbehaviour {
  readonly origin?: string;
  /** Whether finger, face or code was asked for; true unless a test says otherwise. */
  readonly verified?: boolean;
  readonly count?: number;
}

const text = (value: string): Buffer => Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)]);
const bytes = (value: Buffer): Buffer => Buffer.concat([Buffer.from([0x58, value.length]), value]);

/** The public key as COSE writes it: elliptic curve P-256, ES256. */
const coseOf = (key: KeyObject): Buffer => {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    bytes(Buffer.from(x, 'base64url')),
    Buffer.from([0x22]),
    bytes(Buffer.from(y, 'base64url')),
  ]);
};

/**
 * A device with a passkey 通行密钥设备, made by hand after WebAuthn level 3 so that it is not the server's own library that answers itself.
 * Holds one key; `register` and `answer` give what a browser would send.
 */
export const passkeyDevice = (origin: string) => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(16);
  const clientData = (type: string, asked: Asked, from: string): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge: asked.challenge, origin: from, crossOrigin: false }));
  const authenticatorData = (site: string, flags: number, count: number, more: Buffer): Buffer => {
    const counted = Buffer.alloc(4);
    counted.writeUInt32BE(count);
    return Buffer.concat([createHash('sha256').update(site).digest(), Buffer.from([flags]), counted, more]);
  };
  const shell = { id: id.toString('base64url'), rawId: id.toString('base64url'), type: 'public-key' as const };
  const flagsOf = (verified: boolean): number => (verified ? 0x05 : 0x01);
  return {
    register: (asked: Asked, { origin: from = origin, verified = true, count = 0 }: Misbehaviour = {}) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      const credential = Buffer.concat([Buffer.alloc(16), length, id, coseOf(publicKey)]);
      const data = authenticatorData(asked.rp?.id ?? '', 0x40 + flagsOf(verified), count, credential);
      const attestation = Buffer.concat([
        Buffer.from([0xa3]),
        text('fmt'),
        text('none'),
        text('attStmt'),
        Buffer.from([0xa0]),
        text('authData'),
        bytes(data),
      ]);
      return {
        ...shell,
        response: {
          clientDataJSON: clientData('webauthn.create', asked, from).toString('base64url'),
          attestationObject: attestation.toString('base64url'),
          transports: ['internal'],
        },
        clientExtensionResults: {},
      };
    },
    answer: (asked: Asked, { origin: from = origin, verified = true, count = 0 }: Misbehaviour = {}) => {
      const data = authenticatorData(asked.rpId ?? '', flagsOf(verified), count, Buffer.alloc(0));
      const client = clientData('webauthn.get', asked, from);
      const signed = createSign('sha256')
        .update(data)
        .update(createHash('sha256').update(client).digest())
        .sign(privateKey);
      return {
        ...shell,
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: signed.toString('base64url'),
        },
        clientExtensionResults: {},
      };
    },
  };
};
