import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import type { RoomEvent } from '../../../../server/workshop/events.ts';
import { snapshotOf } from '../../../../server/workshop/snapshot.ts';
import { type LinkState, openLink } from '../../../../src/client/class/link.ts';
import type { SocketEvents } from '../../../../src/client/socket.ts';
import { waitFor } from '../../../wait.ts';
import { joined, roomOf } from './class-of.ts';

interface Line {
  readonly events: SocketEvents;
  readonly said: { readonly type: string; readonly id?: string }[];
}

const hub = vi.hoisted(() => ({ lines: [] as unknown[] }));
vi.mock('../../../../src/client/ask-hub.ts', () => ({
  askHub: async () => ({ name: '1반', presenter: true }),
}));
vi.mock('../../../../src/client/back-off.ts', () => ({ backOff: () => 0 }));
vi.mock('../../../../src/client/site-url.ts', () => ({ siteUrl: () => 'http://hub/api/room' }));
vi.mock('../../../../src/client/socket.ts', () => ({
  openSocket: (_url: URL, events: SocketEvents) => {
    const said: Line['said'] = [];
    hub.lines.push({ events, said });
    return { send: (text: string) => said.push(JSON.parse(text)), close: () => {} };
  },
}));

beforeEach(() => {
  hub.lines = [];
  vi.stubGlobal('document', new EventTarget());
  vi.stubGlobal('window', new EventTarget());
});
afterEach(() => vi.unstubAllGlobals());

const lineOf = (count: number): Promise<Line> =>
  waitFor(`line ${count}`, () => hub.lines[count - 1] as Line | undefined);

const say = ({ events }: Line, message: unknown): void =>
  events.handleFrame(JSON.stringify(message));

const DAY = { kind: 'opened', at: 1, name: '1반' } as const;

const letIn = (line: Line, ...later: readonly RoomEvent[]): void => {
  const presence = { online: [], left: {} };
  const join = { addresses: [], code: 'ABCD-EFGH', link: '', expiresAt: 9, shut: null };
  const room = roomOf([DAY, joined('a'), ...later]);
  for (const each of snapshotOf(room, { seq: 2, presence, join, now: 5 })) say(line, each);
};

const open = () => {
  const states: LinkState[] = [];
  const link = openLink({ handleState: (state) => states.push(state), handleClass: () => {} });
  onTestFinished(() => link.close());
  return { link, states };
};

const announce = { kind: 'announce', text: '오늘은 여기까지 합니다' } as const;

it('says again to a hub that was lost what it has not acknowledged, and what was said meanwhile', async () => {
  const { link } = open();
  const first = await lineOf(1);
  letIn(first);
  expect(link.command(announce)).toBe(true);
  first.events.handleClose();
  expect(link.command({ kind: 'timer', seconds: 60, label: '' })).toBe(true);
  const second = await lineOf(2);
  letIn(second);
  expect(second.said).toMatchObject([...first.said, { command: { kind: 'timer' } }]);
});

it('says to a class that is opened again nothing that was for the one before, and removes whom it should', async () => {
  const { link, states } = open();
  const first = await lineOf(1);
  letIn(first);
  link.command(announce);
  link.remove('a');
  say(first, { type: 'room.refused', code: 'closed', message: '닫았습니다.' });
  expect(states.at(-1)).toBe('closed');
  expect(link.command(announce)).toBe(false);
  link.remove('b');
  const second = await lineOf(2);
  letIn(second);
  expect(second.said).toMatchObject([
    { type: 'room.remove', participant: 'a' },
    { type: 'room.remove', participant: 'b' },
  ]);
  expect(link.command(announce)).toBe(true);
  expect(second.said).toHaveLength(3);
});

it('says nothing of another day to a class whose hub was killed, and came again only then', async () => {
  const { link } = open();
  const first = await lineOf(1);
  letIn(first);
  first.events.handleClose();
  link.command(announce);
  const second = await lineOf(2);
  letIn(second, { kind: 'closed', at: 2 }, { ...DAY, at: 3 });
  expect(second.said).toEqual([]);
});
