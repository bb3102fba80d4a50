import { Input } from 'antd';
import { useAccountWords } from './words.js';

/** The password once more (输密码确认), without which nothing about how one logs in is changed. */
export function CurrentPassword({
  id,
  value,
  change,
}: {
  readonly id: string;
  readonly value: string;
  readonly change: (password: string) => void;
}) {
  const words = useAccountWords();
  return (
    <div className="field">
      <label htmlFor={id}>{words.current}</label>
      <Input
        id={id}
        type="password"
        autoComplete="current-password"
        required
        value={value}
        onChange={(event) => change(event.target.value)}
      />
    </div>
  );
}
