import { complain, subject } from './korean.ts';
import type { Container, Process, Stdio } from './lab.ts';

/** 128 + SIGKILL: what a tool gives when its container ends under it. */
const KILLED = 137;

/** `process`, which says so when it ended only because its container did. */
export const sayIfContainerEnded = (
  process: Process,
  name: Container,
  runs: () => Promise<boolean>,
  stdio: Stdio,
): Process => ({
  ...process,
  exited: process.exited.then(async (code) => {
    // Nobody to ask any more: then the reader has been told already.
    if (code === KILLED && !(await runs().catch(() => true))) {
      complain(
        stdio,
        `\n${subject(name)} 실행 도중에 멈춰 이 명령도 함께 끝났습니다. docker start ${name} 명령으로 다시 시작하세요.`,
      );
    }
    return code;
  }),
});
