/** A page without a screen: it hears of a sidecar what a browser hears, and clicks. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { apply } from '../../server/cluster/changes.ts';
import type { Size } from '../../server/lab/lab.ts';
import {
  type ClientMessage,
  type ClusterState,
  OutputHeader,
  type RunStatus,
  ServerMessage,
  type Signal,
  TopicKeys,
} from '../../server/protocol.ts';

/** Hears what one page is told. */
export interface Listener {
  told(message: ServerMessage): void;
  printed(step: string, text: string): void;
}

interface Shown {
  readonly id: string;
  readonly decoder: TextDecoder;
  text: string;
  status: RunStatus | undefined;
}

export class RecordingPage {
  /** By their steps. */
  readonly #runs = new Map<string, Shown>();
  readonly #socket: WebSocket;
  readonly #ask: (path: string) => Promise<Response>;
  #refused: string | undefined;
  #cluster: ClusterState | undefined;
  listener: Listener | undefined;

  private constructor(socket: WebSocket, ask: (path: string) => Promise<Response>) {
    this.#socket = socket;
    this.#ask = ask;
    socket.on('message', (data: Buffer, isBinary) =>
      isBinary ? this.#handleOutput(data) : this.#handleMessage(String(data)),
    );
    this.#send({ type: 'cluster.watch', on: true });
  }

  /** @param address as it was printed, with its token. */
  static async open(address: string): Promise<RecordingPage> {
    const { origin, host } = new URL(address);
    const answer = await fetch(address, { redirect: 'manual' });
    const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const headers = { Cookie: cookie };
    const socket = new WebSocket(`ws://${host}/api/socket`, { headers, origin });
    await once(socket, 'open');
    return new RecordingPage(socket, (path) => fetch(new URL(path, origin), { headers }));
  }

  get cluster(): ClusterState | undefined {
    return this.#cluster;
  }

  status(step: string): RunStatus | undefined {
    return this.#runs.get(step)?.status;
  }

  text(step: string): string {
    return this.#runs.get(step)?.text ?? '';
  }

  /** Of the last messages of a topic. */
  async keys(topic: string): Promise<TopicKeys> {
    return TopicKeys.parse(await (await this.#ask(`/api/keys/${topic}`)).json());
  }

  /** What comes of it, `status` says, or `check`. */
  click(step: string, size: Size): void {
    const id = randomUUID();
    this.#runs.set(step, { id, decoder: new TextDecoder(), text: '', status: undefined });
    this.#send({ type: 'run.start', run: id, step, ...size });
  }

  type(step: string, data: string): void {
    this.#send({ type: 'run.input', run: this.#idOf(step), data });
  }

  signal(step: string, signal: Signal): void {
    this.#send({ type: 'run.signal', run: this.#idOf(step), signal });
  }

  /** @throws what was refused. */
  check(): void {
    if (this.#refused !== undefined) throw new Error(this.#refused);
  }

  close(): void {
    this.#socket.terminate();
  }

  #idOf(step: string): string {
    const run = this.#runs.get(step);
    if (run === undefined) throw new Error(`no run of ${step}`);
    return run.id;
  }

  #stepOf(id: string): string | undefined {
    return [...this.#runs].find(([, run]) => run.id === id)?.[0];
  }

  #send(message: ClientMessage): void {
    this.#socket.send(JSON.stringify(message));
  }

  #handleMessage(text: string): void {
    const message = ServerMessage.parse(JSON.parse(text));
    if (message.type === 'error') this.#refused = message.message;
    if (message.type === 'run.status') {
      const run = this.#runs.get(message.step);
      if (run?.id !== message.run) return;
      if (run.status === undefined) this.#send({ type: 'run.attach', run: message.run, offset: 0 });
      run.status = message;
    }
    if (message.type === 'cluster.state') this.#cluster = message;
    if (message.type === 'cluster.change' && this.#cluster !== undefined)
      this.#cluster = apply(this.#cluster, message);
    this.listener?.told(message);
  }

  #handleOutput(frame: Buffer): void {
    const end = frame.indexOf('\n');
    const { run: id, offset } = OutputHeader.parse(JSON.parse(String(frame.subarray(0, end))));
    const bytes = frame.subarray(end + 1);
    this.#send({ type: 'run.ack', run: id, offset: offset + bytes.length });
    const step = this.#stepOf(id);
    const run = step === undefined ? undefined : this.#runs.get(step);
    if (step === undefined || run === undefined) return;
    // A piece may end inside a character.
    const text = masked(run.decoder.decode(bytes, { stream: true }));
    run.text += text;
    if (text !== '') this.listener?.printed(step, text);
  }
}

/** The machine's kernel, which a log tells, is nobody's business; as long as it was, since bytes are counted. */
const masked = (text: string): string =>
  text.replace(/(?<=os\.version=)\S+/g, (version) => '*'.repeat(version.length));
