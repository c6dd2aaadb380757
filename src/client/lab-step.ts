/** `<lab-step>`: one step of a lesson, from a click to its output. The markup is `Step.astro`'s. */
import type { ClusterDifference, RunStatus } from '../../server/protocol.ts';
import { step as strings, terminal as terminalStrings } from '../strings/page.ts';
import { connection, isBorrowed, type RunStart } from './connection.ts';
import { showConnectionLine } from './connection-line.ts';
import { copyText } from './copy.ts';
import { isOfPage } from './page-topics.ts';
import { progress as readersProgress } from './progress.ts';
import type { EffectLine } from './run-effect.ts';
import { siteUrl } from './site-url.ts';
import { createStepFigure } from './step-figure.ts';
import type { StepParams } from './step-params.ts';
import type { StepPrediction } from './step-prediction.ts';
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
    /** Loaded where the step has them; until then nothing can be changed or chosen there. */
    let params: StepParams | undefined;
    let prediction: StepPrediction | undefined;
    const start = (): void => {
      const values = params?.values;
      if (params !== undefined && values === undefined) {
        params.focus();
        return;
      }
      const run = runner.start({ values, removes: removesOf(this) });
      if (run === undefined) return;
      prediction?.lock(run);
      render();
    };
    const showPrediction = (): void => {
      const { run, requested } = runner.progress;
      prediction?.render(
        requested ? undefined : run,
        !requested && (run === undefined || isFinal(run)),
      );
    };
    const loadExtras = async (): Promise<void> => {
      const fields = this.querySelector<HTMLFieldSetElement>('[data-part="params"]');
      if (fields !== null)
        params = (await import('./step-params.ts')).createStepParams(this, fields, signal);
      params?.setFixed(isBorrowed(connection.state));
      const question = this.querySelector<HTMLFieldSetElement>('[data-part="predict"]');
      const verdict = this.querySelector<HTMLElement>('[data-part="verdict"]');
      if (question === null || verdict === null) return;
      const { createStepPrediction } = await import('./step-prediction.ts');
      prediction = createStepPrediction(this.#step, question, verdict);
      showPrediction();
    };
    let read: RunStatus | undefined;
    let effect: readonly ClusterDifference[] | undefined;
    const showEffect = async (): Promise<void> => {
      const told = effect;
      // Loaded when there is one.
      const line =
        told === undefined ? NOTHING : (await import('./run-effect.ts')).effectLine(told, isOfPage);
      if (told === effect) view.setEffect(line);
    };
    const render = (): void => {
      const { progress } = runner;
      view.render(progress, connection.state);
      params?.setFixed(isBorrowed(connection.state));
      if (progress.effect !== effect) {
        effect = progress.effect;
        void showEffect();
      }
      showPrediction();
      // To have seen it is not to have done it.
      if (progress.run !== undefined && !isBorrowed(connection.state))
        readersProgress.mark(progress.run);
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
    view.run.addEventListener('click', ({ detail }) => detail < 2 && start(), listen);
    view.stop.addEventListener('click', () => runner.stop(), listen);
    view.copy.addEventListener('click', () => void copyCommands(view), listen);
    view.type?.addEventListener('click', () => runner.input(view.sample), listen);
    this.addEventListener('keydown', (event) => handleKey(event, this, start), listen);
    // On paper, what a run that goes on has printed so far stands there, too.
    addEventListener('beforeprint', () => view.setOutput(screen.text), listen);
    for (const part of [runner, screen, figure, view]) {
      signal.addEventListener('abort', () => part.dispose());
    }
    this.#life = life;
    this.#screen = screen;
    if (view.radius !== null) showRadius(this, view.radius, signal);
    showConnectionLine(this);
    render();
    void loadExtras();
  }

  disconnectedCallback(): void {
    this.#life?.abort();
  }

  /** `/topics/#describe-orders`; nothing for the step itself, where the reader already is. */
  #linkTo(step: string | undefined): string | undefined {
    if (step === undefined || step === this.#step) return undefined;
    return siteUrl(step.replace('/', '/#'));
  }
}

/** Of a checkpoint, what its difference says that is deleted: the click agrees to that, and to no more. */
const removesOf = ({ dataset }: HTMLElement): RunStart['removes'] =>
  dataset.removes === undefined ? undefined : (JSON.parse(dataset.removes) as RunStart['removes']);

const NOTHING: EffectLine = { text: '', whole: '' };

/** Looks at the cluster only while the step is on the screen. */
const showRadius = (step: HTMLElement, line: HTMLElement, signal: AbortSignal): void => {
  let leave: Promise<() => void> | undefined;
  const look = (seen: boolean): void => {
    if (seen)
      leave ??= import('./step-radius.ts').then(({ watchRadius }) => watchRadius(step, line));
    else {
      void leave?.then((stop) => stop());
      leave = undefined;
    }
  };
  const observer = new IntersectionObserver((entries) =>
    look(entries.at(-1)?.isIntersecting === true),
  );
  observer.observe(step);
  signal.addEventListener('abort', () => {
    observer.disconnect();
    look(false);
  });
};

const copyCommands = async (view: StepView): Promise<void> => {
  const copied = await copyText(view.commands);
  view.say(copied ? strings.copied : strings.copyFailed);
};

/**
 * Ctrl+Enter, or ⌘+Enter, runs the step that has the focus; Shift+Enter goes on to the next one. In a
 * terminal, the latter is for the program.
 */
const handleKey = (event: KeyboardEvent, step: Element, start: () => void): void => {
  const { key, ctrlKey, metaKey, shiftKey, isComposing, target } = event;
  const stays = ctrlKey || metaKey;
  if (key !== 'Enter' || isComposing || !(stays || shiftKey)) return;
  if (!stays && target instanceof HTMLTextAreaElement) return;
  event.preventDefault();
  if (event.repeat) return;
  start();
  if (!stays) goOn(step);
};

const goOn = (step: Element): void => {
  const steps = [...document.querySelectorAll('lab-step')];
  const next = steps[steps.indexOf(step) + 1];
  next?.scrollIntoView({ block: 'start' });
  next?.querySelector<HTMLElement>('[data-part="run"]')?.focus({ preventScroll: true });
};

customElements.define('lab-step', LabStep);
