/** What everyone's `doctor` found, before the start. */
import type { ParticipantId } from '../../../server/workshop/protocol.ts';
import type { RoomState } from '../../../server/workshop/state.ts';
import { type Gathered, gather, type Told } from './gathered.ts';

export interface Preflight {
  readonly ready: readonly ParticipantId[];
  /** Who lacks something; by what, the most people first. */
  readonly lacking: readonly Gathered[];
  /** Have a lab, and told nothing of it yet. */
  readonly silent: readonly ParticipantId[];
  /** Came to read and to watch. */
  readonly readers: readonly ParticipantId[];
}

export const preflightOf = ({ participants }: RoomState): Preflight => {
  const ready: ParticipantId[] = [];
  const silent: ParticipantId[] = [];
  const readers: ParticipantId[] = [];
  const lacking: Told[] = [];
  for (const [id, { lab, preflight }] of Object.entries(participants)) {
    const bad = preflight?.filter(({ good }) => !good) ?? [];
    for (const { kind, text } of bad) lacking.push({ key: kind, text, person: id });
    if (bad.length > 0) continue;
    if (preflight !== null) ready.push(id);
    else if (lab === 'none') readers.push(id);
    else silent.push(id);
  }
  return {
    ready,
    lacking: gather(lacking),
    silent,
    readers,
  };
};
