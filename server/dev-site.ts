/** Astro's dev server, whose pages talk to the sidecar through its proxy. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Where it listens. */
export const DEV_PORT = 4322;

/** Milliseconds between two looks: it needs some seconds, and is started beside the sidecar. */
const PAUSE = 100;

/** Until what is asked there reaches a sidecar. */
export const answered = async (port: number): Promise<void> => {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/health`).catch(() => undefined);
    await answer?.body?.cancel();
    // Its proxy's own answer where nobody is behind it is 500.
    if (answer !== undefined && answer.status < 500) return;
    await sleep(PAUSE);
  }
};
