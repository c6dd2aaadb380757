/** The page's one line to its workshop's hub: opened again whenever it breaks, until the room is left. */

import type { OutputHeader } from '../../../server/protocol.ts';
import type { PresenterUpdate } from '../../../server/workshop/presenter.ts';
import type {
  HubMessage,
  LabName,
  ParticipantMessage,
  PresenterMessage,
  RelayFailed,
  RelayOpen,
  Report,
} from '../../../server/workshop/protocol.ts';
import { backOff } from '../back-off.ts';
import { decodeOutput } from '../frames.ts';
import { siteUrl } from '../site-url.ts';
import type { Letter } from './membership.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { isView } from './room-view.ts';

/** `ended`: left, or not let in; it does not come back by itself. */
export type RoomState = 'connecting' | 'open' | 'lost' | 'ended';

export type RoomMessage = HubMessage | PresenterUpdate | RelayFailed;

export interface RoomSubscriber {
  handleState?(state: RoomState): void;
  handleMessage?(message: RoomMessage): void;
  handleOutput?(header: OutputHeader, bytes: Uint8Array): void;
}

/** As whom: with a code, as one who was here, or comes back only to leave, or as the presenter. */
export type Credential =
  | { readonly as: 'newcomer'; readonly code: string; readonly nickname: string }
  | {
      readonly as: 'participant' | 'leaver';
      readonly token: string;
      readonly room?: number | undefined;
    }
  | { readonly as: 'presenter'; readonly token: string };

export interface RoomOptions {
  /** Empty where the hub itself serves this page. */
  readonly hub: string;
  readonly credential: Credential;
  /** Which lab this page has. Rejects, with what to do about it, where there is no way to the hub now. */
  readonly lab: () => Promise<LabName>;
  /** Tokens of who this browser is in classes of the hub; of those alone who are called so, if somebody is. */
  readonly others?: (nickname?: string) => string[];
  /** The hub has a report. */
  readonly settled?: (letter: Letter) => void;
}

/** Milliseconds that a socket may take until somebody has answered. */
const PATIENCE = 10_000;

/** Milliseconds without an answer to a report: a network that is gone says nothing. */
const SILENCE = 15_000;

/** Milliseconds between two looks at the clock. */
const LOOK = 5_000;

/** Milliseconds between two of these looks that only a sleeping machine lets pass: a hidden page has fewer. */
const ASLEEP = { visible: 20_000, hidden: 120_000 };

export class RoomConnection {
  /** Why there is no connection, in Korean; empty where nobody has said. */
  problem = '';
  /** The hub leads another class for now, and its presenter is another. */
  isElsewhere: boolean = false;
  /** What the hub has said as it closed: that nobody answers after that, is no news. */
  #farewell: string = '';
  #state: RoomState = 'connecting';
  #socket: WebSocket | undefined;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #credential: Credential;
  readonly #life = new AbortController();
  readonly #options: RoomOptions;
  readonly #outbox: Outbox;
  readonly #subscribers = new Set<RoomSubscriber>();
  #lookedAt = Date.now();

  constructor(options: RoomOptions) {
    this.#options = options;
    this.#credential = options.credential;
    this.#outbox = createOutbox(
      ({ id, report }) => this.send({ type: 'room.report', id, report }),
      options.settled,
    );
    const { signal } = this.#life;
    const isHidden = (): boolean => globalThis.document?.visibilityState === 'hidden';
    const look = setInterval(() => this.#look(isHidden() ? ASLEEP.hidden : ASLEEP.visible), LOOK);
    signal.addEventListener('abort', () => clearInterval(look));
    globalThis.addEventListener?.('online', () => this.#again(), { signal });
    globalThis.addEventListener?.('offline', () => this.#again(), { signal });
    globalThis.document?.addEventListener('visibilitychange', () => this.#look(ASLEEP.hidden), {
      signal,
    });
    void this.#connect();
  }

  get state(): RoomState {
    return this.#state;
  }

  /** What was reported, and the hub has not answered. */
  get waiting(): readonly Report[] {
    return this.#outbox.waiting;
  }

  /** Whether the hub has said that the class was closed, and no other is led since. */
  get isClosed(): boolean {
    return this.#farewell !== '';
  }

  /** Whether its class is not led now, as the hub has said. */
  get isGone(): boolean {
    return this.isClosed || this.isElsewhere;
  }

  /** Returns how to leave. */
  subscribe(subscriber: RoomSubscriber): () => void {
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }

  /** Told now, or as soon as there is a connection; until the hub has it. */
  report(report: Report, id?: string): void {
    this.#outbox.post(report, id);
  }

  /** Whether it could be sent. */
  send(message: ParticipantMessage | PresenterMessage): boolean {
    if (this.#state !== 'open') return false;
    this.#say(message);
    return true;
  }

  sendOutput(header: OutputHeader, bytes: Uint8Array): boolean {
    if (this.#state !== 'open') return false;
    const line = new TextEncoder().encode(`${JSON.stringify(header)}\n`);
    const frame = new Uint8Array(line.length + bytes.length);
    frame.set(line);
    frame.set(bytes, line.length);
    this.#socket?.send(frame);
    return true;
  }

  /** What was told makes no whole: connected anew, all is told anew. */
  again(): void {
    this.#again();
  }

  /** For good. */
  end(): void {
    this.#life.abort();
    clearTimeout(this.#timer);
    this.#outbox.end();
    this.#drop();
    this.#change('ended');
  }

  async #connect(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { signal } = this.#life;
    let lab: LabName;
    try {
      lab = await this.#options.lab();
    } catch (error) {
      return this.#retry(error instanceof Error ? error.message : '');
    }
    if (signal.aborted || this.#socket !== undefined) return;
    const socket = new WebSocket(siteUrl('api/room').replace(/^http/, 'ws'));
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    const isOurs = (): boolean => socket === this.#socket;
    socket.addEventListener('open', () => isOurs() && this.#greet(lab));
    socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (isOurs()) this.#handleFrame(data);
    });
    socket.addEventListener('close', () => isOurs() && this.#retry(this.problem));
    setTimeout(() => {
      if (isOurs() && this.#state !== 'open') this.#retry(this.problem);
    }, PATIENCE);
  }

  #greet(lab: LabName): void {
    const { hub } = this.#options;
    const credential = this.#credential;
    if (hub !== '') {
      const token = credential.as === 'presenter' ? credential.token : undefined;
      this.#say({ type: 'relay.open', hub, ...(token !== undefined && { token }) });
    }
    const name = credential.as === 'newcomer' ? credential.nickname : undefined;
    const kept = this.#options.others?.(name) ?? [];
    // A hub of an older edition takes no such word.
    const others = kept.length > 0 ? kept : undefined;
    if (credential.as === 'newcomer') {
      const { code, nickname } = credential;
      this.#say({ type: 'room.join', code, nickname, lab, others });
    } else if (credential.as !== 'presenter') {
      const { token, room } = credential;
      this.#say({ type: 'room.resume', token, lab, room, others });
    }
  }

  #say(message: ParticipantMessage | PresenterMessage | RelayOpen): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #handleFrame(frame: string | ArrayBuffer): void {
    if (frame instanceof ArrayBuffer) {
      const output = decodeOutput(frame);
      if (output === undefined) return;
      for (const each of this.#subscribers) each.handleOutput?.(output.header, output.bytes);
      return;
    }
    const message = parse(frame);
    if (message !== undefined) this.#handleMessage(message);
  }

  #handleMessage(message: RoomMessage): void {
    if (message.type === 'room.joined' && this.#credential.as === 'leaver') {
      // The answer is that nobody knows them; without one, it is tried again.
      this.#say({ type: 'room.leave' });
      return;
    }
    const own = this.#credential;
    if (message.type === 'room.joined' && own.as === 'participant' && own.token !== message.token) {
      // Another class, where they are somebody else: what waits here to be told, is not for that.
      this.#tell(message);
      this.end();
      return;
    }
    // From here on this person comes back, and does not come anew.
    if (message.type === 'room.joined')
      this.#credential = { as: 'participant', token: message.token, room: message.room };
    if (message.type === 'room.ack') this.#outbox.settle(message.id);
    if (message.type === 'relay.failed') this.#takeFailure(message);
    if (message.type === 'room.refused') {
      if (message.id !== undefined) this.#outbox.discard(message.id);
      else if (this.#isFinal(message.code)) {
        this.problem = message.message;
        this.#tell(message);
        this.end();
        return;
      }
      if (message.code === 'another-class' || message.code === 'closed') {
        this.isElsewhere = message.code === 'another-class';
        this.#farewell = message.code === 'closed' ? message.message : '';
        // Not the letters of somebody else in this tab.
        if (this.#credential.as === 'participant') this.#outbox.dropPassing();
        this.#retry(message.message);
        return;
      }
    }
    this.#tell(message);
    const isIn = message.type === 'room.joined' || message.type === 'room.snapshot';
    if (isIn && this.#state !== 'open') this.#begin();
  }

  #takeFailure({ message, why }: RelayFailed): void {
    const { as } = this.#credential;
    // Who was in has the right address, and no server to look after.
    this.problem = as === 'participant' && why === 'nobody-listens' ? '' : message;
    if (as !== 'presenter' || why !== 'not-let-in') return;
    // Each class has a token of its own.
    this.isElsewhere = true;
    this.#farewell = '';
  }

  /** Nobody is let in later who is not now. Who was in may be asked to wait. */
  #isFinal(code: Extract<HubMessage, { type: 'room.refused' }>['code']): boolean {
    const { as } = this.#credential;
    return as === 'newcomer' || (as !== 'presenter' && (code === 'unknown' || code === 'removed'));
  }

  #begin(): void {
    this.#failures = 0;
    this.problem = '';
    this.isElsewhere = false;
    this.#farewell = '';
    this.#change('open');
    // A presenter's page has nothing to report, whoever's letters lie in this tab.
    if (this.#credential.as === 'participant') this.#outbox.begin();
  }

  #retry(problem: string): void {
    if (this.#life.signal.aborted) return;
    this.problem = this.#farewell || problem;
    this.#outbox.end();
    this.#drop();
    this.#failures += 1;
    this.#change('lost');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#connect(), backOff(this.#failures, Math.random()));
  }

  /** Another network, or none. */
  #again(): void {
    if (this.#life.signal.aborted) return;
    this.#failures = 0;
    this.#retry('');
  }

  /** @param asleep milliseconds since the last look that mean that this machine was. */
  #look(asleep: number): void {
    const slept = Date.now() - this.#lookedAt;
    this.#lookedAt = Date.now();
    const since = this.#outbox.waitingSince;
    const silent = since !== undefined && Date.now() - since > SILENCE;
    if (this.#state === 'open' && (silent || slept > asleep)) this.#again();
  }

  /** Its own close may never be answered: it is not waited for. */
  #drop(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  #tell(message: RoomMessage): void {
    for (const each of this.#subscribers) each.handleMessage?.(message);
  }

  #change(state: RoomState): void {
    this.#state = state;
    for (const each of this.#subscribers) each.handleState?.(state);
  }
}

/** The hub checks what it sends, and the sidecar is this page's own: shapes are not checked again. */
const parse = (text: string): RoomMessage | undefined => {
  try {
    const message = JSON.parse(text) as RoomMessage;
    return message.type !== 'room.view' || isView(message) ? message : undefined;
  } catch {
    return undefined;
  }
};
