/** `<lab-step>`: one step of a lesson, from a click to its output. The markup is `Step.astro`'s. */
import type { ClusterDifference, RunStatus } from '../../server/protocol.ts';
import { step as strings, terminal as terminalStrings } from '../strings/page.ts';
import { connection } from './connection.ts';
import { showConnectionLine } from './connection-line.ts';
import { copyText } from './copy.ts';
import type { EffectLine } from './run-effect.ts';
import { createStepFigure } from './step-figure.ts';
import { createStepRunner, type StepRunner } from './step-runner.ts';
import { createStepScreen, type StepScreen } from './step-screen.ts';
import { isFinal } from './step-state.ts';
import { createStepView, type StepView } from './step-view.ts';
import { HISTORY } from './terminal.ts';

class LabStep extends HTMLElement {
  #life: AbortController | undefined;
  #screen: StepScreen | undefined;

  /** The terminal's text: everything the run has printed, without colours. */
  get output(): string {
    return this.#screen?.text ?? '';
  }

  get #step(): string {
    return this.getAttribute('data-step') ?? '';
  }

  connectedCallback(): void {
    const life = new AbortController();
    const { signal } = life;
    const view = createStepView(this);
    const figure = createStepFigure(view.figure, view.commands);
    const screen = createStepScreen(view.screen, {
      handleInput: (text) => runner.input(text),
      handleResize: (size) => runner.resize(size),
      handleLeave: () => view.focus(),
      handleCopy: (copied) => view.say(copied ? strings.copied : strings.copyFailed),
      handleEvent: (data) => runner.run !== undefined && figure.take(runner.run, data),
      handleClear: () => figure.clear(),
      handleFailure: (message) => view.complain(message),
    });
    const runner: StepRunner = createStepRunner(this.#step, screen, {
      handleProgress: () => render(),
      handleRefusal: (message, step) => view.complain(message, this.#linkTo(step)),
    });
    let read: RunStatus | undefined;
    let effect: readonly ClusterDifference[] = [];
    const showEffect = async (): Promise<void> => {
      const told = effect;
      // Loaded when there is one.
      const line = told.length === 0 ? NOTHING : (await import('./run-effect.ts')).effectLine(told);
      if (told === effect) view.setEffect(line);
    };
    const render = (): void => {
      const { progress } = runner;
      view.render(progress, connection.state);
      if (progress.effect !== effect) {
        effect = progress.effect;
        void showEffect();
      }
      if (progress.run === read) return;
      read = progress.run;
      const ended = read !== undefined && isFinal(read);
      view.setOutput(ended ? screen.text : '');
      const dropped = ended ? (read?.dropped ?? 0) : 0;
      const cut = dropped > 0 || (ended && screen.full);
      view.setCut(cut ? terminalStrings.cut(HISTORY, dropped) : '');
    };

    const listen = { signal };
    // The second click of a double click is not a second run.
    view.run.addEventListener('click', ({ detail }) => detail < 2 && runner.start(), listen);
    view.stop.addEventListener('click', () => runner.stop(), listen);
    view.copy.addEventListener('click', () => void copyCommands(view), listen);
    view.type?.addEventListener('click', () => runner.input(view.sample), listen);
    this.addEventListener('keydown', (event) => handleKey(event, runner), listen);
    for (const part of [runner, screen, figure, view]) {
      signal.addEventListener('abort', () => part.dispose());
    }
    this.#life = life;
    this.#screen = screen;
    showConnectionLine(this);
    render();
  }

  disconnectedCallback(): void {
    this.#life?.abort();
  }

  /** `/topics/#describe-orders`; nothing for the step itself, where the reader already is. */
  #linkTo(step: string | undefined): string | undefined {
    if (step === undefined || step === this.#step) return undefined;
    return `/${step.replace('/', '/#')}`;
  }
}

const NOTHING: EffectLine = { text: '', whole: '' };

const copyCommands = async (view: StepView): Promise<void> => {
  const copied = await copyText(view.commands);
  view.say(copied ? strings.copied : strings.copyFailed);
};

/** Ctrl+Enter, or ⌘+Enter, runs the step that has the focus. */
const handleKey = (event: KeyboardEvent, runner: StepRunner): void => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  event.preventDefault();
  if (!event.repeat) runner.start();
};

customElements.define('lab-step', LabStep);
