/**
 * The same fan-out through Socket.IO: `node bench/workshop/socket-io.ts FOLDER PORT`, where FOLDER has
 * its package. WebSocket alone and no compression, as our hub; it keeps no log and checks nothing.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { answerUsage } from './usage.ts';

interface Socket {
  on(event: string, handle: (message: unknown) => void): void;
}
interface Server {
  on(event: 'connection', handle: (socket: Socket) => void): void;
  emit(event: string, message: unknown): void;
}
interface Package {
  Server: new (port: number, options: object) => Server;
}

const [folder = '', port = ''] = process.argv.slice(2);
const { Server }: Package = createRequire(join(folder, 'package.json'))('socket.io');
answerUsage();
const server = new Server(Number(port), {
  transports: ['websocket'],
  perMessageDeflate: false,
  httpCompression: false,
});
server.on('connection', (socket) => socket.on('view', (message) => server.emit('view', message)));
console.log('ready');
