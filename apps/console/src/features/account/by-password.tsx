import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { Faults } from '../../app/faults.js';
import { useAccountWords } from './words.js';

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
  const words = useAccountWords();
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
      <div className="field">
        <label htmlFor={id}>{words.current}</label>
        <Input
          id={id}
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </div>
      <Button htmlType="submit" loading={changing.isPending}>
        {action}
      </Button>
    </form>
  );
}
