/** Gives out what was recorded, when it is due; faster, later, or all at once, as the reader likes. */

export interface Timed {
  /** Milliseconds since the beginning. */
  readonly at: number;
}

export interface Playback {
  readonly paused: boolean;
  /** Times as fast as it was recorded. */
  readonly speed: number;
  /** Milliseconds of the recording that have been played; `Infinity` once the rest was given out at once. */
  readonly position: number;
  pause(): void;
  resume(): void;
  setSpeed(speed: number): void;
  /** Gives out the rest at once. */
  finish(): void;
  /** Gives out no more. */
  end(): void;
}

export interface PlaybackEvents<T> {
  give(event: T): void;
  /** Everything has been given out. */
  handleEnd(): void;
}

/** @param events in their order. */
export const startPlayback = <T extends Timed>(
  events: readonly T[],
  speed: number,
  { give, handleEnd }: PlaybackEvents<T>,
): Playback => {
  let next = 0;
  /** Milliseconds of the recording that have been played, at `since` by the clock. */
  let position = 0;
  let since = performance.now();
  let paused = false;
  let over = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const advance = (): void => {
    const now = performance.now();
    if (!paused) position += (now - since) * speed;
    since = now;
  };
  const play = (): void => {
    clearTimeout(timer);
    advance();
    while (!over && next < events.length) {
      const event = events[next];
      if (event === undefined || event.at > position) break;
      next += 1;
      give(event);
    }
    if (over || paused) return;
    const due = events[next];
    if (due === undefined) {
      over = true;
      handleEnd();
    } else timer = setTimeout(play, Math.max(0, (due.at - position) / speed));
  };
  /** Not at once: who starts it does not have it yet. */
  timer = setTimeout(play);

  return {
    get paused() {
      return paused;
    },
    get speed() {
      return speed;
    },
    get position() {
      advance();
      return position;
    },
    pause: () => {
      advance();
      paused = true;
      clearTimeout(timer);
    },
    resume: () => {
      advance();
      paused = false;
      play();
    },
    setSpeed: (to) => {
      advance();
      speed = to;
      if (!paused) play();
    },
    finish: () => {
      paused = false;
      position = Number.POSITIVE_INFINITY;
      play();
    },
    end: () => {
      over = true;
      clearTimeout(timer);
    },
  };
};
