import { setTimeout } from 'node:timers/promises';
import { complain, subject } from './korean.ts';
import type { Container, Process, Stdio } from './lab.ts';

/** 128 + SIGKILL: what a tool gives when its container ends under it. */
const KILLED = 137;

/** Milliseconds until a container that has ended is seen to have, at most. */
const PATIENCE = 2_000;
const POLL = 50;

/** `process`, which says so when it ended only because its container did. */
export const sayIfContainerEnded = (
  process: Process,
  name: Container,
  runs: () => Promise<boolean>,
  stdio: Stdio,
): Process => {
  let killed = false;
  const ended = async (): Promise<boolean> => {
    const deadline = performance.now() + PATIENCE;
    // Nobody to ask any more: then the reader has been told already.
    while (await runs().catch(() => true)) {
      if (performance.now() > deadline) return false;
      await setTimeout(POLL);
    }
    return true;
  };
  return {
    ...process,
    get unread() {
      return process.unread;
    },
    signal: (signal) => {
      killed ||= signal === 'kill';
      process.signal(signal);
    },
    exited: process.exited.then(async (code) => {
      if (code === KILLED && !killed && (await ended())) {
        complain(
          stdio,
          `\n${subject(name)} 실행 도중에 멈춰 이 명령도 함께 끝났습니다. docker start ${name} 명령으로 다시 시작하세요.`,
        );
      }
      return code;
    }),
  };
};
