/** What authors write, on its way into a page. */
import { expect, it } from 'vitest';
import { fillFence } from '../../../src/components/fill-fence.ts';
import { QuizProps } from '../../../src/components/quiz-props.ts';

it('a fence shows values in its places, and nothing else of it changes', () => {
  const params = { n: { label: '수', min: 1, max: 9, value: 3 } };
  const html = `<pre data-code="x {n} > y"><span title='a > b'> {n}</span>-{n} {other}</pre>`;
  expect(fillFence(html, params)).toBe(
    `<pre data-code="x {n} > y"><span title='a > b'> <span data-value="n">3</span></span>-<span data-value="n">3</span> {other}</pre>`,
  );
});

const option = (text: string, right?: true) => ({ text, why: '까닭', right });

it.each([
  ['one right answer', [option('a', true), option('b')], undefined],
  [
    'none',
    [option('a'), option('b')],
    '맞는 답이 꼭 하나여야 합니다. 그 답에 right: true라고 적습니다',
  ],
  [
    'two',
    [option('a', true), option('b', true)],
    '맞는 답이 꼭 하나여야 합니다. 그 답에 right: true라고 적습니다',
  ],
  ['one answer only', [option('a', true)], '답이 둘 이상이어야 합니다'],
  ['an answer twice', [option('a', true), option('a')], '같은 답이 둘입니다'],
])('a question with %s', (_, options, message) => {
  const parsed = QuizProps.safeParse({ id: 'a', question: '물음', options });
  expect(parsed.error?.issues[0]?.message).toBe(message);
});
