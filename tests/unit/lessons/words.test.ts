import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CommandError, splitCommands } from '../../../server/lessons/words.ts';

const wordsOf = (text: string): readonly (readonly string[])[] =>
  splitCommands(text).map(({ words }) => words);

describe('splitting a fence into commands', () => {
  it('takes one command a line and leaves blank lines and comments out', () => {
    expect(wordsOf('# 시작\ncd examples\n\ndocker-compose up -d   # 뒤에서\n')).toEqual([
      ['cd', 'examples'],
      ['docker-compose', 'up', '-d'],
    ]);
  });

  it('joins continued lines and counts the line on which the command began', () => {
    const [first, second] = splitCommands('# a\ndocker exec \\\n  kafka1 \\\n  x\ndocker ps');
    expect(first).toEqual({
      text: 'docker exec kafka1 x',
      words: ['docker', 'exec', 'kafka1', 'x'],
      line: 1,
    });
    expect(second?.line).toBe(4);
  });

  it('keeps quoted and escaped text as one word', () => {
    expect(wordsOf(`a 'b c' "d e" f\\ g "h \\"i\\"" '' x"y"z`)).toEqual([
      ['a', 'b c', 'd e', 'f g', 'h "i"', '', 'xyz'],
    ]);
  });

  it('keeps what comes after a pipe apart', () => {
    const [command] = splitCommands('a "b|c" | grep -E \'x|y\'  # 뒤');
    expect(command).toMatchObject({
      text: 'a "b|c" | grep -E \'x|y\'',
      words: ['a', 'b|c'],
      filter: ['grep', '-E', 'x|y'],
    });
  });

  it('takes # for a comment only where a word begins', () => {
    expect(wordsOf('a#b #c')).toEqual([['a#b']]);
  });

  it.each([
    'a; b',
    'a && b',
    'a | b | c',
    'a |',
    '| b',
    'a || b',
    'a > b',
    '$(a)',
    '`a`',
    '$HOME',
    '"$HOME"',
    'a*',
    '~',
    'a\\',
  ])('refuses what only a shell would understand: %s', (text) => {
    expect(() => splitCommands(text)).toThrow(CommandError);
  });

  it('says on which line the trouble is', () => {
    expect(() => splitCommands('a\nb "c')).toThrow(expect.objectContaining({ line: 1 }));
  });

  it('gives back any words that were single-quoted', () => {
    const word = fc.string({ unit: 'grapheme' }).filter((text) => !/['\n]/.test(text));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (words) => {
        expect(wordsOf(words.map((each) => `'${each}'`).join(' '))).toEqual([words]);
      }),
    );
  });
});
