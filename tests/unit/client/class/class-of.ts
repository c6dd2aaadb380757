/** Rooms to look at, made of events as the hub makes them. */
import type { RoomEvent } from '../../../../server/workshop/events.ts';
import type { Reason, Report } from '../../../../server/workshop/protocol.ts';
import { apply, emptyRoom, type RoomState } from '../../../../server/workshop/state.ts';

export const MINUTE = 60_000;

export const roomOf = (events: readonly RoomEvent[]): RoomState => {
  const room = emptyRoom();
  for (const event of events) apply(room, event);
  return room;
};

export const joined = (participant: string, at = 0): RoomEvent => ({
  kind: 'joined',
  at,
  participant,
  nickname: participant,
  lab: 'local',
});

export const reported = (participant: string, at: number, report: Report): RoomEvent => ({
  kind: 'reported',
  at,
  participant,
  report,
});

export const progress = (
  participant: string,
  at: number,
  status: Extract<Report, { kind: 'progress' }>['status'],
  more: { step?: string; reason?: Reason | null; background?: boolean } = {},
): RoomEvent =>
  reported(participant, at, {
    kind: 'progress',
    step: 'topics/list',
    run: `run-${at}`,
    status,
    reason: null,
    ...more,
  });

export const hand = (participant: string, at: number, up = true): RoomEvent =>
  reported(participant, at, { kind: 'hand', up, step: null });
