/** What people were told, together where it has one cause. */
import type { ParticipantId } from '../../../server/workshop/protocol.ts';

export interface Told {
  /** What has one cause has one key. */
  readonly key: string;
  readonly text: string;
  readonly person: ParticipantId;
}

export interface Gathered {
  readonly key: string;
  /** What most of them were told: what is wrong, without what to do about it. */
  readonly text: string;
  /** How many other such texts there are. */
  readonly others: number;
  /** Nobody twice. */
  readonly people: readonly ParticipantId[];
}

/** The most people first. */
export const gather = (all: readonly Told[]): Gathered[] => {
  const found = new Map<string, { people: Set<ParticipantId>; texts: Map<string, number> }>();
  for (const { key, text, person } of all) {
    const { people, texts } = found.get(key) ?? { people: new Set(), texts: new Map() };
    found.set(key, { people, texts });
    if (people.has(person)) continue;
    people.add(person);
    const said = firstSentence(text);
    texts.set(said, (texts.get(said) ?? 0) + 1);
  }
  return [...found]
    .map(([key, { people, texts }]) => {
      const [most] = [...texts].sort(([, a], [, b]) => b - a);
      return { key, text: most?.[0] ?? '', others: texts.size - 1, people: [...people] };
    })
    .sort((a, b) => b.people.length - a.people.length || (a.key < b.key ? -1 : 1));
};

/** What is wrong. What follows is of one computer (which program, which number), or says what to do. */
export const firstSentence = (text: string): string =>
  (text.split(/(?<=[다요]\.) /)[0] ?? text).replace(/\.$/, '');
