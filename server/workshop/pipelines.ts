import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * One question of a connection at a time: whoever asks again before the answer has left is cut off. Browsers
 * do not; what others have asked for in advance, and never read, would keep its files open.
 */
export const refusePipelines = (listener: RequestListener): RequestListener => {
  const busy = new WeakSet<Socket>();
  return (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    if (busy.has(socket)) {
      socket.destroy();
      return;
    }
    busy.add(socket);
    // The last of it is with the kernel: only then does anybody have all of it, and the next question.
    response.once('finish', () => busy.delete(socket));
    return listener(request, response);
  };
};
