/** How a run is brought to its end: Ctrl+C, then SIGTERM, then SIGKILL, and what was needed, said. */
import type { Signal } from '../protocol.ts';

/** Milliseconds that each rung has for its effect. */
const GRACE = 5_000;

export interface Ladder {
  /** Sends this one now, and the stronger ones unless the run ends. A weaker one delays nothing. */
  climb(signal: Signal): void;
  /** It has ended. */
  stop(): void;
}

export interface LadderOptions {
  /** Ctrl+C alone forces nothing: brokers are to be put back, and that takes as long as it takes. */
  readonly patient: boolean;
  send(signal: Signal): void;
  say(text: string): void;
}

const RUNGS: readonly Signal[] = ['interrupt', 'terminate', 'kill'];
const STRONGER = { interrupt: 'terminate', terminate: 'kill' } as const;

const SAID: Record<Signal, string | undefined> = {
  interrupt: undefined,
  terminate: 'Ctrl+C로 끝나지 않아 종료 신호(SIGTERM)를 보냅니다.',
  kill: '종료 신호로도 끝나지 않아 강제로 끝냅니다(SIGKILL).',
};

/** Who is killed puts nothing back. */
const LEFT =
  '멈춰 둔 브로커가 있으면 멈춘 채로 남습니다. docker-compose up -d로 다시 시작해 주세요.';

export const createLadder = ({ patient, send, say }: LadderOptions): Ladder => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The strongest that was sent. */
  let reached = -1;
  const climb = (signal: Signal): void => {
    const rung = RUNGS.indexOf(signal);
    if (rung <= reached) {
      // Typed again, Ctrl+C is the program's to hear again.
      if (signal === 'interrupt') send(signal);
      return;
    }
    reached = rung;
    const text = SAID[signal];
    if (text !== undefined) say(text);
    if (signal === 'kill' && patient) say(LEFT);
    send(signal);
    clearTimeout(timer);
    if (signal === 'kill' || (signal === 'interrupt' && patient)) return;
    timer = setTimeout(() => climb(STRONGER[signal]), GRACE);
  };
  return { climb, stop: () => clearTimeout(timer) };
};
