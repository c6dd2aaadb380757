/** A presenter's page and its hub: opened again whenever it breaks, and whole again by a new snapshot. */
import type { OutputHeader } from '../../../server/protocol.ts';
import type { PresenterUpdate } from '../../../server/workshop/presenter.ts';
import type {
  Command,
  HubMessage,
  ParticipantId,
  PresenterMessage,
  RoomView,
} from '../../../server/workshop/protocol.ts';
import { askHub } from '../ask-hub.ts';
import { backOff } from '../back-off.ts';
import { decodeOutput } from '../frames.ts';
import { siteUrl } from '../site-url.ts';
import { type Frame, openSocket, type Socket } from '../socket.ts';
import { type Class, createFeed, type RoomUpdate } from './feed.ts';

/**
 * `closed`: as `lost`, and the hub has said that it ends. `absent`: no hub serves this page. `denied`: it
 * does, but not to a presenter. `over`: no longer to the presenter of the class that was shown, since it
 * leads another.
 */
export type LinkState = 'connecting' | 'open' | 'lost' | 'closed' | 'absent' | 'denied' | 'over';

export type Shared = Extract<PresenterUpdate, { type: 'room.shared' }>;
export type Declined = Extract<PresenterUpdate, { type: 'room.declined' }>;

export interface LinkEvents {
  /** @param word the hub's last, of one that is `closed`: Korean, for its presenter. */
  handleState(state: LinkState, word: string): void;
  handleClass(now: Class): void;
  /** The page is about to be loaded anew, for another class than that of this name. */
  handleAnother?(before: string): void;
  /** What participants see. */
  handleView?(view: RoomView): void;
  handleShared?(shared: Shared): void;
  handleDeclined?(declined: Declined): void;
  handleOutput?(header: OutputHeader, bytes: Uint8Array): void;
  /** Korean, for people. */
  handleRefused?(message: string): void;
}

export interface Link {
  /**
   * Now, or as soon as there is a hub again. Once. Not where the class was closed: what is for the
   * moment would be told to the next day's.
   */
  command(command: Command): boolean;
  /** Out of the room: now, or as soon as there is a hub again, whatever was closed meanwhile. */
  remove(participant: ParticipantId): void;
  /** Another code. Not where there is no hub: asked again, it would be another one again. */
  renew(): boolean;
  /** All who are not connected, out of the room. Not where there is no hub: later, these are others. */
  removeAway(): boolean;
  /** All who have joined since then, and the code. Not where there is no hub: as `renew`. */
  removeSince(since: number): boolean;
  /** May I look? Not where there is no hub: who is asked later does not know why. */
  ask(participant: ParticipantId): boolean;
  /** What they show, nobody looks at any more. */
  endLook(participant: ParticipantId): boolean;
  close(): void;
}

/** What the room's log keeps. */
type Lasting = Extract<PresenterMessage, { readonly id: string }>;

/** Milliseconds that the hub may take to answer. */
const PATIENCE = 5_000;

export const openLink = (events: LinkEvents): Link => {
  const life = new AbortController();
  const feed = createFeed(() => Date.now());
  /** What is in no log yet, by its id: sent twice, it counts once. */
  const unacknowledged = new Map<string, Lasting>();
  let socket: Socket | undefined;
  let failures = 0;
  let state: LinkState = 'connecting';
  /** The hub's last. */
  let word = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  let connecting = false;

  const change = (next: LinkState): void => {
    state = next;
    events.handleState(next, word);
  };
  const send = (message: PresenterMessage): void => socket?.send(JSON.stringify(message));

  const retry = (as: 'lost' | 'closed' = 'lost'): void => {
    socket?.close();
    socket = undefined;
    failures += 1;
    if (state === 'open') change(as);
    timer = setTimeout(() => void connect(), backOff(failures, Math.random()));
  };

  const handleUpdate = (update: RoomUpdate): void => {
    if (isOfAnother(update)) {
      // Neither what was said to the last class, nor what was looked at of it, is for this one.
      close();
      events.handleAnother?.(feed.class?.room.name ?? '');
      location.reload();
      return;
    }
    const sessions = feed.class?.room.sessions.length;
    if (!feed.receive(update)) {
      retry();
      return;
    }
    // On another day, nothing of the one before is said any more.
    if (sessions !== undefined && sessions !== feed.class?.room.sessions.length) dropCommands();
    // The rest is on its way.
    if (update.type === 'room.people') return;
    if (state !== 'open') {
      failures = 0;
      change('open');
      for (const message of unacknowledged.values()) send(message);
    }
    if (feed.class !== undefined) events.handleClass(feed.class);
  };

  /** They were for the moment, and it has ended with the class. */
  const dropCommands = (): void => {
    for (const { id, type } of [...unacknowledged.values()])
      if (type === 'room.command') unacknowledged.delete(id);
  };

  /** The presenter has opened it meanwhile, by its own address, elsewhere in this browser. */
  const isOfAnother = (update: RoomUpdate): boolean =>
    update.type === 'room.snapshot' &&
    feed.class !== undefined &&
    feed.class.room.openedAt !== update.state.openedAt;

  const handleMessage = (message: HubMessage | PresenterUpdate): void => {
    const { type } = message;
    if (
      type === 'room.people' ||
      type === 'room.snapshot' ||
      type === 'room.events' ||
      type === 'room.code'
    )
      handleUpdate(message);
    else if (type === 'room.view') events.handleView?.(message);
    else if (type === 'room.shared') events.handleShared?.(message);
    else if (type === 'room.declined') events.handleDeclined?.(message);
    else if (type === 'room.ack') unacknowledged.delete(message.id);
    else if (type === 'room.refused' && message.code === 'closed') {
      word = message.message;
      feed.close();
      dropCommands();
      retry('closed');
    } else if (type === 'room.refused') {
      if (message.id !== undefined) unacknowledged.delete(message.id);
      events.handleRefused?.(message.message);
    }
  };

  const handleFrame = (frame: Frame): void => {
    if (frame instanceof ArrayBuffer) {
      const output = decodeOutput(frame);
      if (output !== undefined) events.handleOutput?.(output.header, output.bytes);
    } else {
      // The hub is the page's own origin: shapes are not checked again.
      handleMessage(JSON.parse(frame) as HubMessage | PresenterUpdate);
    }
  };

  const connect = async (): Promise<void> => {
    if (connecting) return;
    connecting = true;
    clearTimeout(timer);
    timer = undefined;
    const hub = await askHub();
    connecting = false;
    if (life.signal.aborted) return;
    if (hub === 'unreachable') return retry();
    if (hub === 'absent') return change('absent');
    if (hub === 'denied' || !hub.presenter) {
      if (feed.class === undefined) return change('denied');
      // Each class has a token of its own.
      dropCommands();
      if (state !== 'over') change('over');
      return retry();
    }
    const opened = openSocket(new URL(siteUrl('api/room').replace(/^http/, 'ws')), {
      handleOpen: () => {},
      handleFrame,
      handleClose: () => retry(),
    });
    socket = opened;
    setTimeout(() => {
      if (socket === opened && state !== 'open') retry();
    }, PATIENCE);
  };

  /** A laptop that slept: nobody waits for the rest of a pause. */
  const handleVisible = (): void => {
    if (document.visibilityState !== 'visible') return;
    if (timer !== undefined || state === 'absent' || state === 'denied') void connect();
  };
  document.addEventListener('visibilitychange', handleVisible, { signal: life.signal });
  window.addEventListener('focus', handleVisible, { signal: life.signal });
  change(state);
  void connect();

  const close = (): void => {
    life.abort();
    clearTimeout(timer);
    socket?.close();
  };
  const post = (message: Lasting): void => {
    unacknowledged.set(message.id, message);
    if (state === 'open') send(message);
    else change(state);
  };
  const sendNow = (message: PresenterMessage): boolean => {
    if (state !== 'open') return false;
    send(message);
    return true;
  };

  return {
    command: (command) => {
      if (state === 'closed') return false;
      post({ type: 'room.command', id: crypto.randomUUID(), command });
      return true;
    },
    remove: (participant) => post({ type: 'room.remove', id: crypto.randomUUID(), participant }),
    renew: () => sendNow({ type: 'room.renew' }),
    removeAway: () => sendNow({ type: 'room.remove-away' }),
    removeSince: (since) => sendNow({ type: 'room.remove-since', since }),
    ask: (participant) => sendNow({ type: 'room.ask', participant }),
    endLook: (participant) => sendNow({ type: 'room.look-end', participant }),
    close,
  };
};
