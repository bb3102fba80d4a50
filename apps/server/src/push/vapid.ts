import type { Keys } from '../storage/keys.js';

/** The key pair by which push services know this installation (VAPID 推送身份); made once, kept in the keys folder. */
export interface VapidKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

export const vapidKeys = async (keys: Pick<Keys, 'fileOf'>): Promise<VapidKeys> => {
  const { default: webPush } = await import('web-push');
  return JSON.parse(
    keys.fileOf('web-push.json', () => Buffer.from(JSON.stringify(webPush.generateVAPIDKeys()))).toString('utf8'),
  ) as VapidKeys;
};
