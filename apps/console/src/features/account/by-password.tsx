import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Faults } from '../../app/faults.js';
import { CurrentPassword } from './current-password.js';

/** Changes how one logs in, after the password was typed once more (输密码确认): the password is forgotten whatever came of it. */
export function ByPassword({
  id,
  action,
  change,
}: {
  readonly id: string;
  readonly action: string;
  readonly change: (password: string) => Promise<void>;
}) {
  const [password, setPassword] = useState('');
  const changing = useMutation({ mutationFn: change, onSettled: () => setPassword('') });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        changing.mutate(password);
      }}
    >
      <Faults error={changing.error} />
      <CurrentPassword id={id} value={password} change={setPassword} />
      <Button htmlType="submit" loading={changing.isPending}>
        {action}
      </Button>
    </form>
  );
}
