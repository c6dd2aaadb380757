/** Receives what `socket.ts` asked for, and hands it over in as few pieces as the page takes. */
import type { Frame, ToPage, ToWorker } from './socket.ts';

let socket: WebSocket | undefined;
let frames: Frame[] = [];
/** The page is still at the last ones. */
let busy = false;

const tell = (message: ToPage, transfer: Transferable[] = []): void =>
  self.postMessage(message, { transfer });

const handOver = (): void => {
  if (frames.length === 0) return;
  busy = true;
  tell(
    { type: 'frames', frames },
    frames.filter((frame) => frame instanceof ArrayBuffer),
  );
  frames = [];
};

const open = (url: string): void => {
  socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  socket.addEventListener('open', () => tell({ type: 'open' }));
  socket.addEventListener('message', ({ data }: MessageEvent<Frame>) => {
    frames.push(data);
    if (!busy) handOver();
  });
  socket.addEventListener('close', () => {
    handOver();
    tell({ type: 'close' });
  });
};

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  switch (data.type) {
    case 'open':
      open(data.url);
      break;
    case 'send':
      socket?.send(data.text);
      break;
    case 'next':
      busy = false;
      handOver();
  }
});
