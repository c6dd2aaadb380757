/** What all tests of a file about rooms share: one browser, and for each of them a room of its own. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { openRoom, prepare, type RoomUnderTest } from './room.ts';

export interface HadRoom {
  readonly browser: Browser;
  readonly policy: string;
  readonly room: RoomUnderTest;
}

/** @param handleRoom is given them before each test. */
export const haveRoom = (handleRoom: (had: HadRoom) => void): void => {
  let shared: Omit<HadRoom, 'room'>;
  let room: RoomUnderTest;
  beforeAll(async () => {
    shared = await prepare();
  });
  afterAll(() => shared.browser.close());
  beforeEach(async () => {
    room = await openRoom(shared.browser, shared.policy);
    handleRoom({ ...shared, room });
  });
  afterEach(() => room.close());
};
