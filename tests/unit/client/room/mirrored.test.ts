import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OutputHeader, ServerMessage } from '../../../../server/protocol.ts';
import { Connection, type ConnectionState } from '../../../../src/client/connection.ts';
import { createMirrored } from '../../../../src/client/room/mirrored.ts';
import type {
  RoomMessage,
  RoomState,
  RoomSubscriber,
} from '../../../../src/client/room/room-connection.ts';
import { statusOf as status } from '../../../run-status.ts';

vi.mock('../../../../src/client/health.ts', () => ({ askHealth: async () => 'absent' }));
vi.mock('../../../../src/client/tape-bar.ts', () => ({
  badged: () => ({}),
  hideTapeBars: vi.fn(),
  showBar: vi.fn(),
  showTapeBar: vi.fn(),
}));

beforeEach(() => {
  const document = Object.assign(new EventTarget(), { querySelector: () => null });
  vi.stubGlobal('document', document);
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('CSS', { escape: (text: string) => text });
  vi.stubGlobal('location', { href: 'http://127.0.0.1/topics/' });
  vi.stubGlobal('fetch', async () => ({ ok: false, json: async () => ({}) }));
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const cluster: ServerMessage = {
  type: 'cluster.state',
  at: 1,
  seenAt: 1,
  zookeeper: 'running',
  brokers: [],
  toldAt: 1,
  controller: 1,
  partitions: [],
  groups: [],
};

const VIEW: RoomMessage = {
  type: 'room.view',
  name: '수업',
  place: null,
  moves: 0,
  announcement: null,
  timer: null,
  now: 0,
  poll: null,
  presented: true,
};

/** The room's line, in the hub's place. */
const openLine = () => {
  const subscribers = new Set<RoomSubscriber>();
  const sent: unknown[] = [];
  let state: RoomState = 'open';
  const become = (next: RoomState) => {
    state = next;
    for (const each of subscribers) each.handleState?.(next);
  };
  return {
    sent,
    become,
    line: {
      get state() {
        return state;
      },
      send: (message: unknown) => sent.push(message) > 0,
      subscribe: (subscriber: RoomSubscriber) => {
        subscribers.add(subscriber);
        return () => subscribers.delete(subscriber);
      },
    },
    tell: (message: ServerMessage) => {
      const shown: RoomMessage = { type: 'room.shown', message };
      for (const each of subscribers) each.handleMessage?.(shown);
    },
    print: (run: string, offset: number, text: string) => {
      const header: OutputHeader = { type: 'run.output', run, offset };
      for (const each of subscribers) each.handleOutput?.(header, new TextEncoder().encode(text));
    },
    reopen: () => become('open'),
    view: () => {
      for (const each of subscribers) each.handleMessage?.(VIEW);
    },
  };
};

/** A page of a hub, with one who looks at all that it is told. */
const openPage = () => {
  const connection = new Connection();
  const heard: string[] = [];
  const attached = new Set<string>();
  const states: ConnectionState[] = [];
  connection.subscribe({
    handleConnection: (state) => states.push(state),
    handleMessage: (message) => {
      heard.push(message.type);
      if (message.type !== 'run.status' || attached.has(message.run)) return;
      attached.add(message.run);
      connection.send({ type: 'run.attach', run: message.run, offset: 0 });
    },
    handleOutput: ({ offset }, bytes) => heard.push(`${offset}:${new TextDecoder().decode(bytes)}`),
  });
  const become = (state: ConnectionState) => vi.waitFor(() => expect(connection.state).toBe(state));
  return { connection, heard, states, become };
};

const follow = (
  connection: Connection,
  { line }: ReturnType<typeof openLine>,
  isShown = () => true,
) => {
  const end: () => void = connection.mirror((events) =>
    createMirrored(events, line, 'topics', () => end(), isShown),
  );
  return end;
};

describe('a page that follows', () => {
  it('is told what the presenter’s lab tells, in its order', async () => {
    const room = openLine();
    const { connection, heard, become } = openPage();
    follow(connection, room);
    await become('mirrored');
    expect(room.sent).toEqual([{ type: 'room.mirror', on: true, chapter: 'topics' }]);
    connection.send({ type: 'cluster.watch', on: true });
    room.tell(status('a'));
    room.print('a', 0, 'one ');
    room.print('a', 4, 'two');
    room.tell(status('a', { status: 'passed' }));
    room.tell(cluster);
    expect(heard).toEqual([
      'cluster.history',
      'run.status',
      '0:one ',
      '4:two',
      'run.status',
      'cluster.state',
    ]);
  });

  it.each([0, 1, 2, 3, 4, 6, 8, 12, 20, 50])(
    'does so whenever it begins, also while the player loads: after %d turns',
    async (turns) => {
      const room = openLine();
      const { connection, become } = openPage();
      for (let at = 0; at < turns; at += 1) await Promise.resolve();
      follow(connection, room);
      await become('mirrored');
    },
  );

  it('reads on from where it has read', async () => {
    const room = openLine();
    const { connection, heard, become } = openPage();
    follow(connection, room);
    await become('mirrored');
    room.tell(status('a'));
    room.print('a', 0, 'x'.repeat(5_000));
    room.print('a', 5_000, 'end');
    heard.length = 0;
    connection.send({ type: 'run.attach', run: 'a', offset: 5_000 });
    expect(heard).toEqual(['5000:end']);
  });

  it('is told of a gap as a jump of the offset', async () => {
    const room = openLine();
    const { connection, heard, become } = openPage();
    follow(connection, room);
    await become('mirrored');
    room.tell(status('a'));
    room.print('a', 700, 'late');
    expect(heard.at(-1)).toBe('700:late');
  });

  it('asks again after a reconnect, and is told nothing twice', async () => {
    const room = openLine();
    const { connection, heard, become } = openPage();
    follow(connection, room);
    await become('mirrored');
    room.tell(status('a'));
    room.print('a', 0, 'one');
    const before = heard.length;
    room.reopen();
    expect(room.sent).toHaveLength(2);
    room.tell(status('a'));
    room.print('a', 0, 'one');
    expect(heard).toHaveLength(before);
    room.print('a', 0, 'one two');
    expect(heard.at(-1)).toBe('3: two');
  });

  it('knows when nobody tells it more: the hub is gone, or no page of the presenter shows anything', async () => {
    const room = openLine();
    const { connection, heard, states, become } = openPage();
    let isShown = false;
    follow(connection, room, () => isShown);
    await become('stale');
    isShown = true;
    room.view();
    await become('mirrored');
    room.tell(status('a'));
    room.become('lost');
    await become('stale');
    // Whoever does not want to wait has the recording.
    expect(connection.send({ type: 'run.attach', run: 'a', offset: 0 })).toBe(true);
    room.become('open');
    await become('mirrored');
    // News of something else is none of that.
    const [before, heardBefore] = [states.length, heard.length];
    room.view();
    expect([states.length, heard.length]).toEqual([before, heardBefore]);
  });

  it('leaves for a recording at its reader’s click, which is not lost', async () => {
    const room = openLine();
    const { connection, heard, states, become } = openPage();
    follow(connection, room);
    await become('mirrored');
    connection.start({ type: 'run.start', run: 'mine', step: 'topics/list', cols: 80, rows: 24 });
    await become('recorded');
    expect(room.sent.at(-1)).toEqual({ type: 'room.mirror', on: false });
    // The player got it: of this step it finds no recording here.
    await vi.waitFor(() => expect(heard).toContain('error'));
    room.tell(status('b'));
    expect(heard).not.toContain('run.status');
    expect(states.at(-1)).toBe('recorded');
  });

  it('gets all that it has missed once it follows again', async () => {
    const room = openLine();
    const { connection, heard, become } = openPage();
    const end = follow(connection, room);
    await become('mirrored');
    end();
    await become('recorded');
    follow(connection, room);
    await become('mirrored');
    expect(room.sent.at(-1)).toEqual({ type: 'room.mirror', on: true, chapter: 'topics' });
    room.tell(status('a', { status: 'passed' }));
    room.print('a', 0, 'missed');
    expect(heard).toEqual(['run.status', '0:missed']);
  });
});
