/** A room on a log of its own, and pages that note what they are told. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { createCodes, makeCode, spell } from '../../../server/workshop/codes.ts';
import { logFile } from '../../../server/workshop/home.ts';
import type { Mirror } from '../../../server/workshop/mirror.ts';
import type { Page } from '../../../server/workshop/page.ts';
import { BRIEF } from '../../../server/workshop/presence.ts';
import type { PresenterUpdate } from '../../../server/workshop/presenter.ts';
import type {
  Command,
  HubMessage,
  ParticipantMessage,
  PresenterMessage,
  Report,
} from '../../../server/workshop/protocol.ts';
import { createRoom, type Room, type Visitor } from '../../../server/workshop/room.ts';
import { openSqliteLog } from '../../../server/workshop/sqlite-log.ts';
import { waitFor } from '../../wait.ts';
import { makeFolder } from '../lab/folder.ts';

export const CODE = 'ABCDEFGH';

export type Told = HubMessage | PresenterUpdate;

export interface TestPage {
  readonly page: Page;
  readonly told: Told[];
  readonly frames: Uint8Array[];
  readonly dropped: () => boolean;
  say(message: ParticipantMessage | PresenterMessage): void;
  text(text: string): void;
  frame(frame: Uint8Array): void;
  leave(): void;
  /** The next message of this type, from the ones not asked for yet. */
  next<Type extends Told['type']>(type: Type): Promise<Extract<Told, { type: Type }>>;
}

const createPage = (open: (page: Page) => Visitor, address = '10.0.0.1'): TestPage => {
  const told: Told[] = [];
  const frames: Uint8Array[] = [];
  const seen = new Set<Told>();
  let dropped = false;
  const page: Page = {
    address,
    backlog: 0,
    tell: (message) => told.push(JSON.parse(message.toString())),
    pass: (frame) => frames.push(frame),
    drop: () => {
      dropped = true;
    },
  };
  const visitor = open(page);
  return {
    page,
    told,
    frames,
    dropped: () => dropped,
    say: (message) => visitor.receive(JSON.stringify(message), Buffer.alloc(0)),
    text: (text) => visitor.receive(text, Buffer.alloc(0)),
    frame: (frame) => visitor.receive(undefined, frame),
    leave: visitor.leave,
    next: async <Type extends Told['type']>(type: Type) =>
      waitFor(`a page to be told ${type}`, () => {
        const found = told.find(
          (each): each is Extract<Told, { type: Type }> => each.type === type && !seen.has(each),
        );
        if (found !== undefined) seen.add(found);
        return found;
      }),
  };
};

/** All that its book has. */
const STEPS = new Set(['topics/list', 'topics/describe-orders', 'failures/drill']);

export const NO_MIRROR: Mirror = {
  show: () => {},
  output: () => {},
  leave: () => {},
  watch: () => {},
  unwatch: () => {},
  forget: () => {},
};

export const openRoom = async (home: string, mirror = NO_MIRROR) => {
  const code = { ...makeCode(60_000), code: CODE };
  const codes = createCodes({ code, next: makeCode });
  /** Codes that the hub was told of. */
  const renewed: string[] = [];
  const room: Room = await createRoom({
    log: openSqliteLog(join(home, 'room.sqlite')),
    name: '시험 수업',
    codes,
    mirror,
    steps: STEPS,
    join: () => ({
      addresses: ['http://10.0.0.9:4330'],
      code: spell(codes.current),
      link: 'http://10.0.0.9:4330/workshop/?code=',
      expiresAt: 1,
      shut: codes.shut,
    }),
    handleRenewed: () => renewed.push(spell(codes.current)),
  });
  const attend = (address?: string): TestPage => createPage(room.attend, address);
  return {
    room,
    renewed,
    attend,
    present: (): TestPage => createPage(room.present),
    /** A page of somebody who has just joined. */
    join: async (nickname: string) => {
      const page = attend();
      page.say({ type: 'room.join', code: CODE, nickname, lab: 'local' });
      const { participant, token } = await page.next('room.joined');
      return { ...page, participant, token };
    },
  };
};

export const progress = (
  step: string,
  status: 'running' | 'passed' | 'failed',
  id: string = randomUUID(),
): Extract<ParticipantMessage, { type: 'room.report' }> => ({
  type: 'room.report',
  id,
  report: {
    kind: 'progress',
    step,
    run: randomUUID(),
    status,
    reason: status === 'failed' ? { kind: 'port-taken', text: '9092 포트가 이미 사용 중' } : null,
  },
});

export const move = (
  chapter: string,
  id: string = randomUUID(),
): Extract<PresenterMessage, { type: 'room.command' }> => ({
  type: 'room.command',
  id,
  command: { kind: 'move', to: { chapter, step: null } },
});

/** A room that is closed with its test. */
export const start = async (home = makeFolder(), mirror = NO_MIRROR) => {
  const opened = await openRoom(home, mirror);
  onTestFinished(opened.room.close);
  return opened;
};

/** By the hub's clock, until the test ends: who has gone is away. */
export const passBrief = (): void => {
  vi.setSystemTime(Date.now() + BRIEF);
  onTestFinished(() => void vi.useRealTimers());
};

/** How much is in the log. */
export const eventsIn = async (home: string): Promise<number> => {
  const log = openSqliteLog(logFile(home));
  let last = 0;
  for await (const { seq } of log.readFrom(1)) last = seq;
  log.close();
  return last;
};

export const report = (said: Report, id: string = randomUUID()) =>
  ({ type: 'room.report', id, report: said }) as const;
export const command = (said: Command, id: string = randomUUID()) =>
  ({ type: 'room.command', id, command: said }) as const;
