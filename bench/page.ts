/**
 * A page that is only told what to evaluate. Playwright has Chromium report every frame of a
 * WebSocket to it, whole, which costs as much of this machine as showing it.
 */
import { once } from 'node:events';
import type { Browser } from 'playwright-core';
import { WebSocket } from 'ws';
import { z } from 'zod';

export interface BarePage {
  /** `work` is sent as its source: what it needs, it is given. */
  evaluate<Arg, Result>(work: (arg: Arg) => Result | Promise<Result>, arg: Arg): Promise<Result>;
  /** A command of the Chrome DevTools Protocol. */
  send(method: string, params?: object): Promise<unknown>;
  goto(url: string): Promise<void>;
  close(): void;
}

const Answer = z.object({
  id: z.int().optional(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
});
const Evaluated = z.object({
  result: z.object({ value: z.unknown().optional() }),
  exceptionDetails: z.unknown().optional(),
});

/** In a window of its own: a tab behind another draws nothing. @param port of the browser's `--remote-debugging-port`. */
export const openBarePage = async (browser: Browser, port: number): Promise<BarePage> => {
  const session = await browser.newBrowserCDPSession();
  const target = { url: 'about:blank', newWindow: true, width: 1280, height: 900 };
  const { targetId } = await session.send('Target.createTarget', target);
  const address = `ws://127.0.0.1:${port}/devtools/page/${targetId}`;
  const socket = new WebSocket(address, { maxPayload: 0, perMessageDeflate: false });
  await once(socket, 'open');
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let last = 0;
  socket.on('message', (text) => {
    const { id, result, error } = Answer.parse(JSON.parse(String(text)));
    if (id === undefined) return;
    if (error === undefined) waiting.get(id)?.resolve(result);
    else waiting.get(id)?.reject(new Error(error.message));
    waiting.delete(id);
  });
  const send: BarePage['send'] = (method, params = {}) => {
    last += 1;
    const answer = Promise.withResolvers<unknown>();
    waiting.set(last, answer);
    socket.send(JSON.stringify({ id: last, method, params }));
    return answer.promise;
  };
  const evaluate: BarePage['evaluate'] = async (work, arg) => {
    const { result, exceptionDetails } = Evaluated.parse(
      await send('Runtime.evaluate', {
        expression: `(${work})(${JSON.stringify(arg)})`,
        awaitPromise: true,
        returnByValue: true,
      }),
    );
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return result.value as Awaited<ReturnType<typeof work>>;
  };
  return {
    send,
    evaluate,
    goto: async (url) => {
      await send('Page.navigate', { url });
      await evaluate(async () => {
        while (document.readyState !== 'complete') await new Promise(requestAnimationFrame);
      }, null);
    },
    close: () => socket.close(),
  };
};
