import type { offerPasskeyLogInRoute, PasskeyAnswer } from '@lianxin/contract';
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { call } from '../../app/call.js';
import type { Person } from '../../app/session.js';
import { DeviceFaults } from './device-faults.js';
import { devicePasskeys, PasskeysHere } from './passkey-device.js';
import { useSessionWords } from './words.js';

/** Proves who one is with a passkey (通行密钥) in place of typing; `send` says what the proof is for. */
export function PasskeyButton(props: {
  readonly send: (answer: PasskeyAnswer) => Promise<Person>;
  readonly done: (me: Person) => unknown;
}) {
  const { send, done } = props;
  const said = useSessionWords();
  const prove = useMutation({
    mutationFn: async () => {
      const offer = await call<typeof offerPasskeyLogInRoute>('post', '/api/session/passkey/offer', {});
      const { startAuthentication } = await devicePasskeys();
      const answer = await startAuthentication({ optionsJSON: offer as never });
      return send(answer as unknown as PasskeyAnswer);
    },
    onSuccess: done,
  });
  return (
    <PasskeysHere>
      <DeviceFaults error={prove.error} />
      <Button block loading={prove.isPending} onClick={() => prove.mutate()}>
        {said.usePasskey}
      </Button>
    </PasskeysHere>
  );
}
