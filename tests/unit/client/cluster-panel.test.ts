import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ServerMessage } from '../../../server/protocol.ts';
import { cluster } from '../../../src/client/cluster.ts';
import { openPanel } from '../../../src/client/cluster-panel.ts';
import { connection } from '../../../src/client/connection.ts';
import { createMirrored } from '../../../src/client/room/mirrored.ts';
import type { RoomState, RoomSubscriber } from '../../../src/client/room/room-connection.ts';
import type { Timeline } from '../../../src/client/timeline.ts';
import { clusterOf } from '../../cluster-state.ts';

/** What was drawn last, of what has happened. */
let drawn: readonly string[] = [];

vi.mock('../../../src/client/health.ts', () => ({ askHealth: async () => 'absent' }));
vi.mock('../../../src/client/tape-bar.ts', () => ({
  hideTapeBars: () => {},
  showTapeBar: () => {},
}));
vi.mock('../../../src/client/cluster-styles.ts', () => ({}));
vi.mock('../../../src/client/cluster-help.ts', () => ({
  createClusterHelp: () => ({ refresh: () => {} }),
}));
vi.mock('../../../src/client/cluster-render.ts', () => ({ renderCluster: () => {} }));
vi.mock('../../../src/client/group-render.ts', () => ({ renderGroups: () => {} }));
vi.mock('../../../src/client/topic-keys.ts', () => ({ createKeysView: () => ({}) }));
vi.mock('../../../src/client/player.ts', () => ({
  createPlayer: () => ({ receive: () => {}, keys: () => undefined, dispose: () => {} }),
}));
vi.mock('../../../src/client/timeline-render.ts', () => ({
  renderTimeline: (_: unknown, { entries }: Timeline) => {
    drawn = entries.map(({ text }) => text);
  },
}));

const life = new AbortController();
beforeEach(() => {
  drawn = [];
  const document = { querySelector: () => null, querySelectorAll: () => [] };
  const page = { ...document, visibilityState: 'visible' };
  vi.stubGlobal('document', Object.assign(new EventTarget(), page));
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw));
  vi.stubGlobal('cancelAnimationFrame', clearTimeout);
});
afterEach(() => vi.unstubAllGlobals());

const happened: ServerMessage = {
  type: 'cluster.history',
  happenings: [
    {
      at: 1,
      date: 1,
      kind: 'changes',
      seen: true,
      toldAt: 1,
      changes: [{ kind: 'zookeeper', from: 'running', to: 'exited' }],
    },
  ],
};

/** A page that shows the presenter's cluster, which has a past. */
const openPage = async () => {
  let told: RoomSubscriber = {};
  let state: RoomState = 'open';
  const leave = connection.subscribe({});
  const end = connection.mirror((events) =>
    createMirrored(
      events,
      {
        get state() {
          return state;
        },
        send: () => true,
        subscribe: (subscriber) => {
          told = subscriber;
          return () => {};
        },
      },
      'topics',
      () => {},
      () => true,
    ),
  );
  await vi.waitFor(() => expect(connection.state).toBe('mirrored'));
  told.handleMessage?.({ type: 'room.shown', message: happened });
  const none = { querySelector: () => null, querySelectorAll: () => [] };
  const root = Object.assign(new EventTarget(), none) as unknown as HTMLElement;
  const details = { open: false } as HTMLDetailsElement;
  openPanel(root, details, life.signal);
  return {
    tell: (message: ServerMessage) => told.handleMessage?.({ type: 'room.shown', message }),
    become: (next: RoomState) => {
      state = next;
      told.handleState?.(next);
    },
    toggle: (open: boolean) => {
      details.open = open;
      root.dispatchEvent(new Event('toggle'));
    },
    close: () => {
      details.open = false;
      root.dispatchEvent(new Event('toggle'));
      end();
      leave();
    },
  };
};

it('shows what had happened before it was opened, each time', async () => {
  const page = await openPage();
  page.toggle(true);
  await vi.waitFor(() => expect(drawn).toHaveLength(1));
  page.toggle(false);
  drawn = [];
  page.toggle(true);
  await vi.waitFor(() => expect(drawn).toHaveLength(1));
  page.close();
});

it('does so where the cluster is watched already', async () => {
  const page = await openPage();
  const unwatch = cluster.watch({ handleCluster: () => {} });
  page.toggle(true);
  await vi.waitFor(() => expect(drawn).toHaveLength(1));
  unwatch();
  page.close();
});

it('takes what it was told for no older or newer, while nobody tells more of the presenter’s', async () => {
  const page = await openPage();
  const seen: number[] = [];
  const unwatch = cluster.watch({ handleCluster: ({ at }) => seen.push(at) });
  page.tell(clusterOf(1_000));
  page.become('lost');
  expect(connection.state).toBe('stale');
  page.become('open');
  expect(connection.state).toBe('mirrored');
  expect(seen).toEqual([1_000]);
  unwatch();
  page.close();
});
