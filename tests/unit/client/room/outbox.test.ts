import { expect, it } from 'vitest';
import type { Letter } from '../../../../src/client/room/membership.ts';
import { createOutbox } from '../../../../src/client/room/outbox.ts';
import { memory } from './fake-hub.ts';

const report = { kind: 'hand', up: true, step: null } as const;

it('keeps the newest of what is said while there is no hub, and not all for ever', () => {
  const slot = memory<Letter[]>();
  const outbox = createOutbox(() => {}, undefined, slot);
  for (let at = 0; at < 600; at += 1) outbox.post(report, `${at}`);
  expect(slot.read()?.map(({ id }) => id)).toEqual(
    Array.from({ length: 500 }, (_, at) => `${at + 100}`),
  );
});

it('waits for no answer where there is no connection', () => {
  const sent: string[] = [];
  const outbox = createOutbox(({ id }) => sent.push(id), undefined, memory<Letter[]>());
  outbox.begin();
  expect(outbox.waitingSince).toBeUndefined();
  outbox.post(report, 'a');
  expect(outbox.waitingSince).toBeDefined();
  outbox.end();
  expect(outbox.waitingSince).toBeUndefined();
  outbox.begin();
  expect(sent).toEqual(['a', 'a']);
});

it('drops what was for the moment of a class that has gone, and tells later how far its people came', () => {
  const sent: string[] = [];
  const outbox = createOutbox(({ id }) => sent.push(id), undefined, memory<Letter[]>());
  outbox.post(report, 'hand');
  outbox.post({ kind: 'vote', poll: 'p', value: '1' }, 'vote');
  outbox.post({ kind: 'preflight', findings: [] }, 'preflight');
  outbox.dropPassing();
  outbox.begin();
  expect(sent).toEqual(['preflight']);
  expect(outbox.waiting).toHaveLength(1);
});
