import type { RunStatus } from '../../server/protocol.ts';
import { checkText } from '../strings/check.ts';
import { duration } from '../strings/duration.ts';
import { step as strings } from '../strings/page.ts';
import { createClock } from './clock.ts';
import { answers, type ConnectionState, isBorrowed, isMirrored } from './connection.ts';
import { setText } from './keep.ts';
import type { EffectLine } from './run-effect.ts';
import type { Progress } from './step-runner.ts';

/** Draws a step: the parts of its markup, as `Step.astro` names them. */
export interface StepView {
  readonly run: HTMLElement;
  readonly stop: HTMLElement;
  readonly copy: HTMLElement;
  /** What its commands touch now; only where they stop or delete something. */
  readonly radius: HTMLElement | null;
  /** Types the example; only where the author has given one. */
  readonly type: HTMLElement | null;
  /** The example of what to type. */
  readonly sample: string;
  /** Where the terminal goes, and the picture of what the program does. */
  readonly screen: HTMLElement;
  readonly figure: HTMLElement;
  /** The commands of the fence, as shown; comments are for reading and stay on the page. */
  readonly commands: string;
  render(progress: Progress, connection: ConnectionState): void;
  /** The output for those who cannot see the screen; empty while it is being written. */
  setOutput(text: string): void;
  /** That the screen does not begin with the run's first line; empty where it does. */
  setCut(text: string): void;
  /** What has become of the cluster while it ran; empty where nothing has, or nobody watched. */
  setEffect(line: EffectLine): void;
  /** A word on what was just done; it goes by itself. */
  say(text: string): void;
  /** Why something was not done, and where to go about it. */
  complain(text: string, link?: string): void;
  /** Moves the focus to the button that matters now. */
  focus(): void;
  dispose(): void;
}

/** Lines of output, the last ones, that a screen reader is given. */
const READABLE = 500;

export const createStepView = (root: HTMLElement): StepView => {
  const part = (name: string): HTMLElement => {
    const found = root.querySelector<HTMLElement>(`[data-part="${name}"]`);
    if (found === null) throw new Error(`lab-step has no part named ${name}`);
    return found;
  };
  const run = part('run');
  const stop = part('stop');
  const output = part('output');
  const type = root.querySelector<HTMLElement>('[data-part="type"]');
  /** Only where the step declares something. */
  const check = root.querySelector<HTMLElement>('[data-part="check"]');
  const showCheck = ({ run, requested }: Progress): void => {
    if (check === null) return;
    const status = requested ? undefined : run?.check;
    setText(check, checkText(status));
    root.setAttribute('data-check', status?.state ?? 'none');
  };
  const clock = createClock(part('clock'));
  let forget: ReturnType<typeof setTimeout> | undefined;

  return {
    run,
    stop,
    copy: part('copy'),
    radius: root.querySelector<HTMLElement>('[data-part="radius"]'),
    type,
    sample: type?.dataset.input ?? '',
    screen: part('screen'),
    figure: part('figure'),

    get commands() {
      const lines = [...root.querySelectorAll('.ec-line .code')].map((line) =>
        (line.textContent ?? '').trimEnd(),
      );
      return lines.filter((line) => !/^\s*(#|$)/.test(line)).join('\n');
    },

    render: (progress, connection) => {
      const status = statusOf(progress);
      const background = !progress.requested && progress.run?.background === true;
      const running = status === 'running' || background;
      root.setAttribute('data-status', status);
      root.toggleAttribute('data-background', background);
      root.toggleAttribute('data-pending', progress.requested);
      // Of what no cluster is here for, CSS shows nothing.
      root.toggleAttribute('data-recorded', isBorrowed(connection));
      root.toggleAttribute('data-offline', !answers(connection));

      // What the presenter runs, nobody else can stop; and nobody has to wait for it.
      const theirs = isMirrored(connection) && !progress.requested;
      const own = running && !theirs;
      const first = theirs || (progress.run === undefined && !progress.lost);
      part('run-label').textContent = first ? strings.run : strings.runAgain;
      run.setAttribute('aria-disabled', String(own || connection === 'denied'));
      // A button that vanishes would take the focus with it.
      if (!own && document.activeElement === stop) run.focus();
      stop.hidden = !own;
      part('stop-label').textContent = progress.stubborn ? strings.kill : strings.stop;

      setText(part('badge'), badgeText(progress, connection));
      showCheck(progress);
      setText(part('result'), running ? '' : resultText(progress));
      // Whether it still goes on is not known without a connection.
      const isTold = answers(connection) && connection !== 'stale';
      const known = running && !progress.requested && isTold;
      // A recording may be paused, or go faster.
      clock.set(known ? progress.run : undefined, connection !== 'recorded');
      // What is typed before there is a run would be lost.
      const listens = own && !progress.requested && !progress.stopping;
      type?.setAttribute('aria-disabled', String(!listens));
      // What the presenter runs, nobody else can type into.
      if (type !== null) type.hidden = theirs;
    },

    setOutput: (text) => {
      const lines = text.split('\n');
      const left = lines.length > READABLE ? [strings.leftOut(READABLE)] : [];
      output.textContent = [...left, ...lines.slice(-READABLE)].join('\n');
      output.hidden = text === '';
    },

    setCut: (text) => show(part('cut'), text),
    // Never hidden: a region that appears together with its words is not read out.
    setEffect: ({ text, whole }) => {
      const line = part('effect');
      setText(line, text);
      if (text === whole) return;
      const more = document.createElement('button');
      more.type = 'button';
      more.textContent = strings.all;
      more.addEventListener('click', () => {
        line.replaceChildren(whole);
        // A button that vanishes would take the focus with it.
        line.tabIndex = -1;
        line.focus();
      });
      line.append(' ', more);
    },

    say: (text) => {
      const note = part('note');
      note.textContent = text;
      clearTimeout(forget);
      forget = setTimeout(() => note.replaceChildren(), 3_000);
    },

    complain: (text, link) => {
      const message = part('message');
      message.replaceChildren(text);
      if (link === undefined) return;
      const anchor = document.createElement('a');
      anchor.href = link;
      anchor.textContent = strings.goThere;
      message.append(' ', anchor);
    },

    focus: () => (stop.hidden ? run : stop).focus(),

    dispose: () => {
      clearTimeout(forget);
      clock.set(undefined);
    },
  };
};

/** Hidden while there is nothing to say. */
const show = (element: HTMLElement, text: string): void => {
  setText(element, text);
  element.hidden = text === '';
};

/** Nobody saw how it ended: the sidecar ended under it, or has forgotten it. */
const isUnknown = ({ run, lost }: Progress): boolean => lost || run?.status === 'unknown';

type Shown = 'idle' | Exclude<RunStatus['status'], 'unknown'>;

const statusOf = ({ run, requested, refused, lost }: Progress): Shown => {
  if (requested) return 'running';
  if (refused) return 'stopped';
  if (lost || run?.status === 'unknown') return 'stopped';
  return run?.status ?? 'idle';
};

const badgeText = (progress: Progress, connection: ConnectionState): string => {
  if (progress.requested && progress.stopping) return strings.stopping;
  if (progress.requested) return answers(connection) ? strings.starting : strings.waiting;
  if (progress.refused) return strings.refused;
  if (isUnknown(progress)) return strings.lost;
  if (progress.stopping) return strings.stopping;
  const status = statusOf(progress);
  const goesOn = status === 'running' || progress.run?.background === true;
  if (goesOn && connection === 'stale') return strings.unseen;
  if (goesOn && !answers(connection)) return strings.waiting;
  if (progress.run?.background) return strings.background;
  if (status === 'running' && progress.run?.check?.state === 'waiting') return strings.checking;
  return status === 'idle' ? '' : strings[status];
};

/** What a shell reports for a command that a signal of 중지 has ended. */
const STOPPED = [130, 143, 137];

/** A program that runs until it is stopped has done well, and the code of its end is no failure's. */
const codeText = ({ status }: RunStatus, code: number): string =>
  status === 'passed' && STOPPED.includes(code) ? strings.stoppedByReader : strings.exitCode(code);

const resultText = (progress: Progress): string => {
  const { run, refused } = progress;
  if (isUnknown(progress)) return strings.unknown;
  if (run === undefined) return '';
  const before = refused ? [strings.before] : [];
  const code = run.exitCode === null ? [] : [codeText(run, run.exitCode)];
  return [...before, strings[run.status], ...code, duration(run.duration)].join(' · ');
};
