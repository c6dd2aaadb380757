import { statusNow } from '../../server/elapsed.ts';
import type {
  ClientMessage,
  OutputHeader,
  RunEffect,
  RunId,
  RunStatus,
  ServerMessage,
  TopicKeys,
} from '../../server/protocol.ts';
import { backOff } from './back-off.ts';
import { decodeMessage, decodeOutput } from './frames.ts';
import { askHealth, tellHealth } from './health.ts';
import { siteUrl } from './site-url.ts';
import { type Frame, openSocket, type Socket } from './socket.ts';
import type { StandIn, StandInEvents } from './stand-in.ts';

/**
 * `denied`: this page may be read, but not run. `recorded`: there is no lab, but what one did once;
 * `mirrored`: but what the presenter's does now; `stale`: but what that did, as long as it was told.
 */
export type ConnectionState =
  | 'connecting'
  | 'open'
  | 'lost'
  | 'denied'
  | 'recorded'
  | 'mirrored'
  | 'stale';

/** What is shown is the presenter's. */
export const isMirrored = (state: ConnectionState): boolean =>
  state === 'mirrored' || state === 'stale';

/** What is shown is not this page's own. */
export const isBorrowed = (state: ConnectionState): boolean =>
  state === 'recorded' || isMirrored(state);

/** Somebody answers what is asked for. */
export const answers = (state: ConnectionState): boolean => state === 'open' || isBorrowed(state);

export interface Subscriber {
  /** This page asks for a run. */
  handleStart?(message: RunStart): void;
  handleConnection?(state: ConnectionState): void;
  handleMessage?(message: ServerMessage): void;
  handleOutput?(header: OutputHeader, bytes: Uint8Array): void;
}

/** Milliseconds that the socket may take to open. */
const PATIENCE = 5_000;

/** Milliseconds between two looks at the cluster, and at whether the sidecar lives. */
const NEWS = 5_000;

interface KnownRun {
  readonly status: RunStatus;
  /** By `performance.now()`. */
  readonly toldAt: number;
  readonly effect: RunEffect | undefined;
}

export type RunStart = Extract<ClientMessage, { type: 'run.start' }>;

/**
 * The page's one WebSocket: open while somebody subscribes, and opened again whenever it breaks.
 * It owns no run; what it carries survives it.
 */
export class Connection {
  #state: ConnectionState = 'connecting';
  #socket: Socket | undefined;
  /** Where there is no lab. */
  #standIn: StandIn | undefined;
  /** What has made it. */
  #standsFor: ((events: StandInEvents) => StandIn) | undefined;
  /** Makes what stands in instead of the player. */
  #mirror: ((events: StandInEvents) => StandIn) | undefined;
  /** Where it is none that serves this page, there will be none. */
  #hasSidecar: boolean | undefined;
  #failures = 0;
  #asking: ReturnType<typeof askHealth> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Aborts when the last subscriber leaves. */
  #life: AbortController | undefined;
  readonly #subscribers = new Set<Subscriber>();
  /** Runs asked for that the sidecar has not spoken of. Their ids make sending twice harmless. */
  readonly #unanswered = new Map<RunId, RunStart>();
  /** By their steps. */
  readonly #ends = new Map<string, number>();
  readonly #runs = new Map<string, KnownRun>();

  get state(): ConnectionState {
    return this.#state;
  }

  /** The newest run of each step, as it is by now: for who subscribes late. */
  get runs(): readonly RunStatus[] {
    return [...this.#runs.values()].map(({ status, toldAt }) => statusNow(status, toldAt));
  }

  /** What the newest run of a step did to the cluster; `undefined` until that is known. */
  effectOf(run: RunId): RunEffect | undefined {
    return this.#known(run)?.effect;
  }

  /** Bytes of a run's output, since it began, that have come to this page. */
  endOf(run: string): number {
    return this.#ends.get(run) ?? 0;
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
    for (const each of this.#subscribers) each.handleStart?.(message);
    this.send(message);
  }

  /** Takes a `start` back, so that it is not sent (again). */
  forget(run: RunId): void {
    this.#unanswered.delete(run);
  }

  /** Whether it could be sent. */
  send(message: ClientMessage): boolean {
    if (!answers(this.#state)) return false;
    if (this.#standIn !== undefined) this.#standIn.receive(message);
    else this.#socket?.send(JSON.stringify(message));
    return true;
  }

  /** The last keys of a topic; `undefined` while nobody answers. */
  async keys(topic: string): Promise<TopicKeys | undefined> {
    if (isBorrowed(this.#state)) return this.#standIn?.keys(topic);
    try {
      const response = await fetch(siteUrl(`api/keys/${topic}`), { cache: 'no-store' });
      return response.ok ? ((await response.json()) as TopicKeys) : undefined;
    } catch {
      return undefined;
    }
  }

  /** Also whether the sidecar still answers at all: one that hangs keeps its connections. */
  async refreshHealth(): Promise<void> {
    if (this.#hasSidecar === false) return;
    const socket = this.#socket;
    const health = await askHealth();
    if (typeof health === 'object') tellHealth(health);
    if (isBorrowed(this.#state) && typeof health === 'object' && health.missing === null) {
      // The lab is there by now, and knows nothing of what was played.
      location.reload();
    }
    // Meanwhile there may be another.
    if (health !== 'unreachable' || socket === undefined || socket !== this.#socket) return;
    socket.close();
    if (this.#life !== undefined) this.#retry(this.#life.signal);
  }

  /**
   * Where there is no lab, another one's stands in for the recordings.
   *
   * @returns how to end that.
   */
  mirror(open: (events: StandInEvents) => StandIn): () => void {
    this.#mirror = open;
    if (this.#standIn !== undefined) void this.#play();
    return () => {
      if (this.#mirror !== open) return;
      this.#mirror = undefined;
      if (this.#standIn !== undefined) void this.#play();
    };
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
    if (health !== 'absent') tellHealth(health);
    this.#hasSidecar = health !== 'absent';
    if (health === 'absent' || health.missing !== null) {
      if (this.#standIn === undefined) await this.#play();
      return;
    }

    const socket = openSocket(new URL(siteUrl('api/socket').replace(/^http/, 'ws')), {
      handleOpen: () => this.#begun('open'),
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

  async #play(): Promise<void> {
    // Loaded where there is no lab; what stands in is decided once that is there.
    const { createPlayer } = await import('./player.ts');
    const mirror = this.#mirror;
    const open = mirror ?? createPlayer;
    if (open === this.#standsFor) return;
    this.#standIn?.dispose();
    this.#standsFor = open;
    this.#standIn = open({
      handleMessage: (message) => this.#handleMessage(message),
      handleOutput: (header, bytes) => this.#handleOutput(header, bytes),
      handleLive: () => this.#heedLive(),
    });
    this.#begun(mirror === undefined ? 'recorded' : 'mirrored');
    this.#heedLive();
  }

  #heedLive(): void {
    const state = this.#standIn?.isLive === false ? 'stale' : 'mirrored';
    if (isMirrored(this.#state) && state !== this.#state) this.#change(state);
  }

  #begun(state: 'open' | 'recorded' | 'mirrored'): void {
    this.#failures = 0;
    // All that there are, are told of now.
    this.#runs.clear();
    this.#change(state);
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
    if (answers(this.#state)) void this.refreshHealth();
    else if (this.#state === 'denied' || this.#timer !== undefined) {
      void this.#connect(this.#life.signal);
    }
  }

  #look(): void {
    if (document.visibilityState === 'visible' && answers(this.#state)) void this.refreshHealth();
  }

  #handleFrame(frame: Frame): void {
    if (frame instanceof ArrayBuffer) {
      const output = decodeOutput(frame);
      if (output !== undefined) this.#handleOutput(output.header, output.bytes);
      return;
    }
    const message = decodeMessage(frame);
    if (message !== undefined) this.#handleMessage(message);
  }

  #handleOutput(header: OutputHeader, bytes: Uint8Array): void {
    for (const each of this.#subscribers) each.handleOutput?.(header, bytes);
    const end = header.offset + bytes.length;
    this.#ends.set(header.run, Math.max(this.endOf(header.run), end));
  }

  #handleMessage(message: ServerMessage): void {
    if ('run' in message && message.run !== undefined) this.#unanswered.delete(message.run);
    if (message.type === 'run.status') {
      const effect = this.effectOf(message.run);
      this.#runs.set(message.step, { status: message, toldAt: performance.now(), effect });
    }
    if (message.type === 'run.effect') this.#noteEffect(message);
    if (message.type === 'lab.resetting' && message.state === 'done') this.#runs.clear();
    for (const each of this.#subscribers) each.handleMessage?.(message);
  }

  #noteEffect(effect: RunEffect): void {
    const known = this.#known(effect.run);
    if (known !== undefined) this.#runs.set(known.status.step, { ...known, effect });
  }

  #known(run: RunId): KnownRun | undefined {
    return [...this.#runs.values()].find(({ status }) => status.run === run);
  }

  #change(state: ConnectionState): void {
    this.#state = state;
    for (const each of this.#subscribers) each.handleConnection?.(state);
  }
}

export const connection = new Connection();
