import type { Child, FC } from 'hono/jsx';
import type { ShownTime } from '../../words/days.js';

export interface StepClock {
  readonly label: string;
  readonly until: ShownTime;
  /** The coming year's holidays are not announced yet 暂定. */
  readonly provisional?: string | undefined;
  /** Why the clock stands still, and since when. */
  readonly paused?: string | undefined;
  readonly late?: string | undefined;
}

export interface ProgressStep {
  readonly state: 'done' | 'now' | 'paused' | 'late' | 'coming' | 'ended';
  /** The state in words; colour and mark only repeat it. */
  readonly stateWords: string;
  readonly title: string;
  readonly who?: string | undefined;
  readonly at?: ShownTime | undefined;
  /** Recorded after it happened 补录: the second time. */
  readonly recorded?: string | undefined;
  readonly note?: string | undefined;
  readonly clocks?: readonly StepClock[] | undefined;
  readonly children?: Child;
}

const Clock: FC<{ clock: StepClock }> = ({ clock }) => (
  <p class="step-clock">
    <span class="step-clock-label">{clock.label}</span>{' '}
    <strong>
      <time datetime={clock.until.exact}>{clock.until.text}</time>
    </strong>
    {clock.provisional ? <span class="step-tag step-tag-wait">{clock.provisional}</span> : null}
    {clock.late ? <span class="step-tag step-tag-late">{clock.late}</span> : null}
    {clock.paused ? <span class="step-clock-paused">{clock.paused}</span> : null}
  </p>
);

/** Progress steps 办理进度: what was done and by whom, who holds it now and until when, and what comes next. */
export const ProgressSteps: FC<{ label: string; steps: readonly ProgressStep[] }> = ({ label, steps }) => (
  <ol class="progress-steps" aria-label={label}>
    {steps.map((step) => (
      <li
        class={`progress-step step-${step.state}`}
        aria-current={['now', 'paused', 'late'].includes(step.state) ? 'step' : undefined}
      >
        <div class="step-body">
          <p class="step-title">
            {step.title} <span class="step-state">{step.stateWords}</span>
          </p>
          {step.who || step.at ? (
            <p class="step-who">
              {step.who}
              {step.who && step.at ? ' · ' : ''}
              {step.at ? <time datetime={step.at.exact}>{step.at.text}</time> : null}
              {step.recorded ? <span class="step-tag step-tag-plain">{step.recorded}</span> : null}
            </p>
          ) : null}
          {(step.clocks ?? []).map((clock) => (
            <Clock clock={clock} />
          ))}
          {step.note ? <p class="step-note">{step.note}</p> : null}
          {step.children}
        </div>
      </li>
    ))}
  </ol>
);
