/** What the class calls people: no two of them the same. */
import { NAME_LENGTH, type ParticipantId } from './protocol.ts';

export interface Nicknames {
  /** `wanted`, or with the smallest number that makes it another than all the others: `민수 (2)`. */
  take(id: ParticipantId, wanted: string): string;
  /** Whoever comes next may have it. */
  free(id: ParticipantId): void;
}

export const createNicknames = (): Nicknames => {
  /** By what people see of each. */
  const takenBy = new Map<string, ParticipantId>();
  const names = new Map<ParticipantId, string>();
  return {
    take: (id, wanted) => {
      let name = wanted;
      for (let number = 2; takenBy.has(seen(name)); number += 1) name = numbered(wanted, number);
      takenBy.set(seen(name), id);
      names.set(id, seen(name));
      return name;
    },
    free: (id) => {
      takenBy.delete(names.get(id) ?? '');
      names.delete(id);
    },
  };
};

/** The same of two names that look the same: whatever case, width, order of marks, or number of spaces. */
const seen = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/\s+/g, ' ');

const letters = new Intl.Segmenter('ko', { granularity: 'grapheme' });

const numbered = (name: string, number: number): string => {
  const suffix = ` (${number})`;
  let head = '';
  for (const { segment } of letters.segment(name)) {
    if (head.length + segment.length + suffix.length > NAME_LENGTH) break;
    head += segment;
  }
  return `${head.trimEnd()}${suffix}`.trimStart();
};
