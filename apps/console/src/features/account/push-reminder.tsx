import { useEffect, useState } from 'react';
import type { addOwnPushRoute, readOwnPushRoute, removeOwnPushRoute } from '@lianxin/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { call, newCommandId } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useReminderWords } from './reminder-words.js';

const supported = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis;

const bytesOf = (base64Url: string): Uint8Array<ArrayBuffer> => {
  const text = atob(base64Url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (char) => char.codePointAt(0) ?? 0);
};

/** This browser's subscription, once its service worker is there; null without one. */
const present = async (): Promise<PushSubscription | null> =>
  supported()
    ? ((await (await navigator.serviceWorker.getRegistration('/console/'))?.pushManager.getSubscription()) ?? null)
    : null;

/** Why no subscription came about: the person said no, or the maker of the browser, whose service carries notifications, could not be reached. */
class NotSubscribed extends Error {
  readonly why: 'denied' | 'unreachable';
  constructor(why: 'denied' | 'unreachable') {
    super(`no subscription: ${why}`);
    this.why = why;
    this.name = 'NotSubscribed';
  }
}

/** Subscribes this browser, which asks the person and then its maker's service; not every maker's can be reached from everywhere. */
const subscribe = async (publicKey: string): Promise<PushSubscriptionJSON> => {
  if ((await Notification.requestPermission()) !== 'granted') throw new NotSubscribed('denied');
  if ((await navigator.serviceWorker.getRegistration('/console/')) === undefined)
    throw new NotSubscribed('unreachable');
  const { pushManager } = await navigator.serviceWorker.ready;
  const wanted = { userVisibleOnly: true, applicationServerKey: bytesOf(publicKey) };
  const made = await pushManager.subscribe(wanted).catch(() => {
    throw new NotSubscribed('unreachable');
  });
  return made.toJSON();
};

/** Whether this browser rings when something new waits (手机通知); off unless the person turns it on. */
export function PushReminder() {
  const words = useReminderWords();
  const client = useQueryClient();
  const [endpoint, setEndpoint] = useState<string | null>(null);
  const own = useQuery({
    queryKey: ['own-push'],
    queryFn: () => call<typeof readOwnPushRoute>('get', '/api/account/push', {}),
  });
  useEffect(() => {
    void present().then((found) => setEndpoint(found?.endpoint ?? null));
  }, []);
  const onSuccess = () => client.invalidateQueries({ queryKey: ['own-push'] });
  const turningOn = useMutation({
    mutationFn: async (publicKey: string) => {
      const { endpoint: address = '', keys } = await subscribe(publicKey);
      await call<typeof addOwnPushRoute>('post', '/api/account/push', {
        json: { endpoint: address, keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' } },
        commandId: newCommandId(),
      });
      setEndpoint(address);
    },
    onSuccess,
  });
  const turningOff = useMutation({
    mutationFn: async (address: string) => {
      await (await present())?.unsubscribe();
      await call<typeof removeOwnPushRoute>('post', '/api/account/push/removal', {
        json: { endpoint: address },
        commandId: newCommandId(),
      });
      setEndpoint(null);
    },
    onSuccess,
  });
  const all = own.data?.endpoints ?? [];
  const isOn = endpoint !== null && all.includes(endpoint);
  const others = all.filter((one) => one !== endpoint).length;
  const refused = turningOn.error instanceof NotSubscribed ? turningOn.error : null;
  return (
    <section className="panel" aria-labelledby="own-push">
      <h2 id="own-push">{words.push}</h2>
      <p className="quiet">{words.pushLead}</p>
      <Faults error={own.error ?? (refused === null ? turningOn.error : null) ?? turningOff.error} />
      {refused === null ? null : (
        <p role="alert" className="field-fault">
          {words[refused.why]}
        </p>
      )}
      {supported() ? null : <p>{words.unsupported}</p>}
      {isOn ? <p role="status">{words.on}</p> : null}
      {others > 0 ? <p className="quiet">{words.others(others)}</p> : null}
      {supported() && own.data !== undefined ? (
        isOn ? (
          <Button loading={turningOff.isPending} onClick={() => turningOff.mutate(endpoint)}>
            {words.turnOff}
          </Button>
        ) : (
          <Button loading={turningOn.isPending} onClick={() => turningOn.mutate(own.data.publicKey)}>
            {words.turnOn}
          </Button>
        )
      ) : null}
    </section>
  );
}
