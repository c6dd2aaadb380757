/** What the class calls people: no two of them the same. */
import { NAME_LENGTH, type ParticipantId } from './protocol.ts';

export interface Nicknames {
  /** `wanted`, or with a number that makes it another than all the others, mostly the smallest: `민수 (2)`. */
  take(id: ParticipantId, wanted: string): string;
  /** Whoever comes next may have it. */
  free(id: ParticipantId): void;
}

interface Taken {
  /** As people see it. */
  readonly name: string;
  /** Of which series it is a number; `undefined` where it is as it was wanted. */
  readonly series?: string;
  readonly number?: number;
}

export const createNicknames = (): Nicknames => {
  const taken = new Set<string>();
  const names = new Map<ParticipantId, Taken>();
  /** By series, a number below which there is none: a thousand who want one name are not counted each time. */
  const lowest = new Map<string, number>();

  const keep = (id: ParticipantId, name: string, place: Omit<Taken, 'name'> = {}): string => {
    taken.add(seen(name));
    names.set(id, { name: seen(name), ...place });
    return name;
  };
  return {
    take: (id, wanted) => {
      if (!taken.has(seen(wanted))) return keep(id, wanted);
      // Longer numbers leave less of a long name: they are a series of their own.
      for (let [first, end] = [2, 10]; ; [first, end] = [end, end * 10]) {
        const head = headOf(wanted, NAME_LENGTH - ` (${first})`.length);
        const series = `${seen(head)} ${end}`;
        let number = lowest.get(series) ?? first;
        while (number < end && taken.has(seen(numbered(head, number)))) number += 1;
        lowest.set(series, number + 1);
        if (number < end) return keep(id, numbered(head, number), { series, number });
      }
    },
    free: (id) => {
      const { name = '', series = '', number } = names.get(id) ?? {};
      names.delete(id);
      taken.delete(name);
      if (number !== undefined) lowest.set(series, Math.min(number, lowest.get(series) ?? number));
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

/** As the class calls who leads it. */
const PRESENTERS: ReadonlySet<string> = new Set([
  '강사',
  '강사님',
  '선생님',
  '진행자',
  '관리자',
  'admin',
  'instructor',
  'presenter',
  'teacher',
]);

/** A number at the end, as only the class gives it. */
const NUMBERS = /(\s+[(（]\p{Nd}+[)）])+\s*$/u;

/** What a newcomer asked for, without what would pass them off as the presenter, or as another of a name. */
export const ownName = (wanted: string): string => {
  const name = wanted.replace(NUMBERS, '') || wanted;
  return PRESENTERS.has(seen(name)) ? `${name} (참가자)` : name;
};

const letters = new Intl.Segmenter('ko', { granularity: 'grapheme' });

/** As much of it as there is room for, in whole letters. */
const headOf = (name: string, length: number): string => {
  let head = '';
  for (const { segment } of letters.segment(name)) {
    if (head.length + segment.length > length) break;
    head += segment;
  }
  return head;
};

const numbered = (head: string, number: number): string =>
  `${head.trimEnd()} (${number})`.trimStart();
