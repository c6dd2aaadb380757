/** The page's WebSocket. */
export interface Socket {
  send(text: string): void;
  /** Nothing is told of it any more. Its own close may never be answered: it is not waited for. */
  close(): void;
}

export interface SocketEvents {
  handleOpen(): void;
  handleFrame(frame: Frame): void;
  handleClose(): void;
}

export type Frame = string | ArrayBuffer;
export type ToWorker =
  | { readonly type: 'open'; readonly url: string }
  | { readonly type: 'send'; readonly text: string }
  /** The frames told of have been handled: there may be more. */
  | { readonly type: 'next' };
export type ToPage =
  | { readonly type: 'open' }
  | { readonly type: 'close' }
  | { readonly type: 'frames'; readonly frames: readonly Frame[] };

/**
 * In a worker: to take a flood's frames off the wire one by one costs the page's main thread a third
 * of its time, which it needs to parse and to draw.
 */
export const openSocket = (url: URL, events: SocketEvents): Socket => {
  const worker = new Worker(new URL('./socket-worker.ts', import.meta.url), { type: 'module' });
  const tell = (message: ToWorker): void => worker.postMessage(message);
  const life = new AbortController();
  const close = (): void => {
    life.abort();
    worker.terminate();
  };
  const end = (): void => {
    close();
    events.handleClose();
  };

  const handle = ({ data }: MessageEvent<ToPage>): void => {
    switch (data.type) {
      case 'open':
        events.handleOpen();
        break;
      case 'close':
        end();
        break;
      case 'frames':
        for (const frame of data.frames) {
          if (!life.signal.aborted) events.handleFrame(frame);
        }
        tell({ type: 'next' });
    }
  };
  worker.addEventListener('message', handle, { signal: life.signal });
  // It could not be loaded.
  worker.addEventListener('error', end, { signal: life.signal });
  tell({ type: 'open', url: url.href });
  return { send: (text) => tell({ type: 'send', text }), close };
};
