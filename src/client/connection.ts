import type { ClientMessage, OutputHeader, RunId, ServerMessage } from '../../server/protocol.ts';
import { backOff } from './back-off.ts';
import { decodeMessage, decodeOutput } from './frames.ts';
import { askHealth, tellHealth } from './health.ts';
import { type Frame, openSocket, type Socket } from './socket.ts';

/** `denied`: this page may be read, but not run. */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'denied';

export interface Subscriber {
  handleConnection?(state: ConnectionState): void;
  handleMessage?(message: ServerMessage): void;
  handleOutput?(header: OutputHeader, bytes: Uint8Array): void;
}

/** Milliseconds that the socket may take to open. */
const PATIENCE = 5_000;

/** Milliseconds between two looks at the cluster, and at whether the sidecar lives. */
const NEWS = 5_000;

type RunStart = Extract<ClientMessage, { type: 'run.start' }>;

/**
 * The page's one WebSocket: open while somebody subscribes, and opened again whenever it breaks.
 * It owns no run; what it carries survives it.
 */
export class Connection {
  #state: ConnectionState = 'connecting';
  #socket: Socket | undefined;
  #failures = 0;
  #asking: ReturnType<typeof askHealth> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Aborts when the last subscriber leaves. */
  #life: AbortController | undefined;
  readonly #subscribers = new Set<Subscriber>();
  /** Runs asked for that the sidecar has not spoken of. Their ids make sending twice harmless. */
  readonly #unanswered = new Map<RunId, RunStart>();

  get state(): ConnectionState {
    return this.#state;
  }

  /** Returns how to leave. */
  subscribe(subscriber: Subscriber): () => void {
    this.#subscribers.add(subscriber);
    if (this.#life === undefined) this.#begin();
    return () => {
      this.#subscribers.delete(subscriber);
      if (this.#subscribers.size === 0) this.#end();
    };
  }

  /** Sent now, or as soon as there is a connection. */
  start(message: RunStart): void {
    this.#unanswered.set(message.run, message);
    this.send(message);
  }

  /** Takes a `start` back, so that it is not sent (again). */
  forget(run: RunId): void {
    this.#unanswered.delete(run);
  }

  /** Whether it could be sent. */
  send(message: ClientMessage): boolean {
    if (this.#state !== 'open' || this.#socket === undefined) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** Also whether the sidecar still answers at all: one that hangs keeps its connections. */
  async refreshHealth(): Promise<void> {
    const socket = this.#socket;
    const health = await askHealth();
    if (typeof health === 'object') tellHealth(health);
    // Meanwhile there may be another.
    if (health !== 'unreachable' || socket === undefined || socket !== this.#socket) return;
    socket.close();
    if (this.#life !== undefined) this.#retry(this.#life.signal);
  }

  #begin(): void {
    this.#life = new AbortController();
    const { signal } = this.#life;
    document.addEventListener('visibilitychange', () => this.#handleVisibility(), { signal });
    // Brokers stop and start in other windows as well.
    const look = setInterval(() => this.#look(), NEWS);
    signal.addEventListener('abort', () => clearInterval(look));
    window.addEventListener('focus', () => this.#handleVisibility(), { signal });
    void this.#connect(signal);
  }

  #end(): void {
    this.#life?.abort();
    this.#life = undefined;
    this.#asking = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#socket?.close();
    this.#socket = undefined;
  }

  async #connect(signal: AbortSignal): Promise<void> {
    if (this.#asking !== undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#asking = askHealth();
    const health = await this.#asking;
    if (signal.aborted) return;
    this.#asking = undefined;
    if (health === 'denied') return this.#change('denied');
    if (health === 'unreachable') return this.#retry(signal);
    tellHealth(health);

    const socket = openSocket(new URL('/api/socket', location.href.replace(/^http/, 'ws')), {
      handleOpen: () => this.#handleOpen(),
      handleFrame: (frame) => this.#handleFrame(frame),
      handleClose: () => this.#retry(signal),
    });
    this.#socket = socket;
    setTimeout(() => {
      if (socket !== this.#socket || this.#state === 'open') return;
      socket.close();
      this.#retry(signal);
    }, PATIENCE);
  }

  #handleOpen(): void {
    this.#failures = 0;
    this.#change('open');
    for (const message of this.#unanswered.values()) this.send(message);
  }

  #retry(signal: AbortSignal): void {
    this.#socket = undefined;
    this.#failures += 1;
    this.#change('lost');
    this.#timer = setTimeout(
      () => void this.#connect(signal),
      backOff(this.#failures, Math.random()),
    );
  }

  /** The reader is back: from the terminal that printed the address, or that stopped a broker. */
  #handleVisibility(): void {
    if (document.visibilityState !== 'visible' || this.#life === undefined) return;
    if (this.#state === 'open') void this.refreshHealth();
    else if (this.#state === 'denied' || this.#timer !== undefined) {
      void this.#connect(this.#life.signal);
    }
  }

  #look(): void {
    if (document.visibilityState === 'visible' && this.#state === 'open') void this.refreshHealth();
  }

  #handleFrame(frame: Frame): void {
    if (frame instanceof ArrayBuffer) {
      const output = decodeOutput(frame);
      if (output === undefined) return;
      for (const each of this.#subscribers) each.handleOutput?.(output.header, output.bytes);
      return;
    }
    const message = decodeMessage(frame);
    if (message === undefined) return;
    if ('run' in message && message.run !== undefined) this.#unanswered.delete(message.run);
    for (const each of this.#subscribers) each.handleMessage?.(message);
  }

  #change(state: ConnectionState): void {
    this.#state = state;
    for (const each of this.#subscribers) each.handleConnection?.(state);
  }
}

export const connection = new Connection();
