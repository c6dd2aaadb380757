import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Questions of one connection that are not answered whole. Browsers ask for one thing after the other; but
 * who has had all of an answer may ask before we know that it has ended.
 */
const MOST = 2;

/**
 * Whoever asks for more in advance is cut off: what nobody reads would keep its files open. Of a connection
 * that closes, Node tells the answer that is being sent; those behind it are told here.
 */
export const refusePipelines = (listener: RequestListener): RequestListener => {
  const open = new WeakMap<Socket, Set<ServerResponse>>();
  const answersOf = (socket: Socket): Set<ServerResponse> => {
    const known = open.get(socket);
    if (known !== undefined) return known;
    const answers = new Set<ServerResponse>();
    open.set(socket, answers);
    socket.once('close', () => {
      for (const answer of answers) if (answer.socket === null) answer.emit('close');
    });
    return answers;
  };
  return (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    const answers = answersOf(socket);
    if (answers.size >= MOST) {
      socket.destroy();
      return;
    }
    answers.add(response);
    response.once('finish', () => answers.delete(response));
    return listener(request, response);
  };
};
