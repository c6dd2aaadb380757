/** What everyone's `doctor` found, before the start. */
import type { ParticipantId } from '../../../server/workshop/protocol.ts';
import type { RoomState } from '../../../server/workshop/state.ts';

export interface Preflight {
  readonly ready: readonly ParticipantId[];
  /** Who lacks something; by what, the most people first. */
  readonly lacking: readonly { readonly text: string; readonly people: readonly ParticipantId[] }[];
  /** Have a lab, and told nothing of it yet. */
  readonly silent: readonly ParticipantId[];
  /** Came to read and to watch. */
  readonly readers: readonly ParticipantId[];
}

export const preflightOf = ({ participants }: RoomState): Preflight => {
  const ready: ParticipantId[] = [];
  const silent: ParticipantId[] = [];
  const readers: ParticipantId[] = [];
  const lacking = new Map<string, ParticipantId[]>();
  for (const [id, { lab, preflight }] of Object.entries(participants)) {
    const bad = preflight?.filter(({ good }) => !good) ?? [];
    for (const { text } of bad) lacking.set(text, [...(lacking.get(text) ?? []), id]);
    if (bad.length > 0) continue;
    if (preflight !== null) ready.push(id);
    else if (lab === 'none') readers.push(id);
    else silent.push(id);
  }
  return {
    ready,
    lacking: [...lacking]
      .map(([text, people]) => ({ text, people }))
      .sort((a, b) => b.people.length - a.people.length || (a.text < b.text ? -1 : 1)),
    silent,
    readers,
  };
};
