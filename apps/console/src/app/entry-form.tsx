import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Faults } from './faults.js';

/** What a form knows of its sending. */
export interface Sending {
  readonly mutate: () => void;
  readonly isPending: boolean;
  readonly error: Error | null;
}

/** The form of a page that is there to send one thing: what was refused stands above it, the one button below. */
export function EntryForm({
  sending,
  unread,
  action,
  children,
}: {
  readonly sending: Sending;
  /** Why what the form builds on could not be read. */
  readonly unread?: Error | null;
  readonly action: string;
  readonly children: ReactNode;
}) {
  return (
    <form
      className="panel narrow"
      onSubmit={(event) => {
        event.preventDefault();
        sending.mutate();
      }}
    >
      <Faults error={sending.error ?? unread} />
      {children}
      <p>
        <Button type="primary" htmlType="submit" loading={sending.isPending}>
          {action}
        </Button>
      </p>
    </form>
  );
}
