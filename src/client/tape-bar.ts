/**
 * What tells, above a step's terminal, whose it is: a recording's, with where that is paused or goes
 * faster, or the presenter's.
 */
import type { RecordingHeader } from '../../server/lessons/recording.ts';
import { recording as strings } from '../strings/recording.ts';
import styles from '../styles/tape-bar.css?inline';
import { addStyles } from './add-styles.ts';
import { setText } from './keep.ts';
import type { Playback } from './playback.ts';

addStyles(styles);

/** @param playback what plays there now; `undefined` once it is over. */
export const showTapeBar = (
  step: string,
  header: RecordingHeader,
  playback: Playback | undefined,
): void => {
  const controls = playback === undefined ? [] : controlsOf(playback);
  showBar(step, strings.title, [madeOf(header), ...controls]);
};

export const hideTapeBars = (): void => {
  for (const bar of document.querySelectorAll('lab-step .tape')) bar.remove();
};

/** @param title of what is shown, said to those who do not see where it stands. */
export const showBar = (step: string, title: string, content: readonly HTMLElement[]): void => {
  const root = document.querySelector(`lab-step[data-step="${step}"]`);
  const screen = root?.querySelector('[data-part="screen"]');
  if (root === null || !screen) return;
  const before = root.querySelector('.tape');
  const hadFocus = before?.contains(document.activeElement) ?? false;
  before?.remove();
  const bar = document.createElement('div');
  bar.className = 'tape';
  bar.setAttribute('role', 'group');
  bar.ariaLabel = title;
  bar.append(...content);
  screen.before(bar);
  if (hadFocus)
    (bar.querySelector('button') ?? root.querySelector<HTMLElement>('[data-part="run"]'))?.focus();
};

/** A badge, and what there is to say about it. */
export const badged = (title: string, about: string): HTMLElement => {
  const text = document.createElement('span');
  const badge = document.createElement('strong');
  badge.textContent = title;
  text.append(badge, ` ${about}`);
  return text;
};

const madeOf = ({ timestamp, made }: RecordingHeader): HTMLElement =>
  badged(strings.title, strings.made(timestamp, made.kafka));

const controlsOf = (playback: Playback): HTMLElement[] => {
  const pause = document.createElement('button');
  pause.type = 'button';
  pause.textContent = strings.pause;
  pause.addEventListener('click', () => {
    if (playback.paused) playback.resume();
    else playback.pause();
    setText(pause, playback.paused ? strings.resume : strings.pause);
  });

  const finish = document.createElement('button');
  finish.type = 'button';
  finish.textContent = strings.finish;
  finish.addEventListener('click', () => playback.finish());

  const speed = document.createElement('select');
  speed.append(...strings.speeds.map((each) => new Option(strings.times(each), String(each))));
  speed.value = String(playback.speed);
  speed.addEventListener('change', () => playback.setSpeed(Number(speed.value)));
  const label = document.createElement('label');
  label.append(strings.speed, ' ', speed);
  return [pause, label, finish];
};
