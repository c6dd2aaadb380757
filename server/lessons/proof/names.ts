import { object } from '../../lab/korean.ts';
import { BROKERS } from '../../lab/lab.ts';
import { problem, type Rule } from './book.ts';
import { distance } from './distance.ts';

/** Latin letters and a number behind them, as a word of its own. */
const WORD = /(?<![\w.-])(?<letters>[A-Za-z]{4,11})(?<digits>\d*)(?!\w)/g;

/** Letters that may be wrong in a word that still means this one. */
const TYPO = 2;

/** How brokers and ZooKeeper are spelled, in prose and in commands. */
export const names: Rule = function* ({ pages }) {
  for (const page of pages) {
    for (const [index, line] of page.source.split('\n').entries()) {
      for (const { groups } of line.matchAll(WORD)) {
        const reason = complaint(groups?.letters ?? '', groups?.digits ?? '');
        if (reason !== undefined) yield problem(page, index + 1, reason);
      }
    }
  }
};

const complaint = (letters: string, digits: string): string | undefined => {
  const name = letters.toLowerCase();
  const word = `${letters}${digits}`;
  if (digits !== '' && name === 'kafka') {
    const broker = BROKERS.find((each) => each === `${name}${digits}`);
    if (broker === undefined)
      return `${word}: 이런 브로커는 없습니다. 있는 브로커: ${BROKERS.join(', ')}`;
    return letters === name ? undefined : `${word}: 브로커의 이름은 ${broker}입니다`;
  }
  const meant = digits === '' ? 'zookeeper' : 'kafka';
  if (name === meant || distance(name, meant) > TYPO) return undefined;
  return `${word}: ${object(`${meant}${digits}`)} 잘못 적은 것으로 보입니다`;
};
