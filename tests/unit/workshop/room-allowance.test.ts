/** People come and go for as long as a class is led: what each has used up would stay for good. */
import { beforeEach, expect, it, vi } from 'vitest';
import type { createAllowance } from '../../../server/workshop/allowance.ts';
import { waitFor } from '../../wait.ts';
import { progress, start } from './room-under-test.ts';

const forgotten: string[] = [];
beforeEach(() => forgotten.splice(0));

vi.mock('../../../server/workshop/allowance.ts', async (original) => {
  const real = await original<{ createAllowance: typeof createAllowance }>();
  return {
    createAllowance: () => {
      const allowance = real.createAllowance();
      return {
        ...allowance,
        forget: (person: string) => {
          forgotten.push(person);
          allowance.forget(person);
        },
      };
    },
  };
});

it('of whoever has left, or was shown out, a room does not keep what they have used up', async () => {
  const { present, join } = await start();
  const people = [await join('하나'), await join('둘'), await join('셋')] as const;
  const [left, removed] = people;
  for (const person of people) {
    person.say(progress('topics/list', 'passed'));
    await person.next('room.ack');
  }
  left.say({ type: 'room.leave' });
  await left.next('room.refused');
  const id = crypto.randomUUID();
  present().say({ type: 'room.remove', id, participant: removed.participant });
  await removed.next('room.refused');
  await waitFor('both to be forgotten', () => forgotten.length === 2);
  expect(forgotten).toEqual([left.participant, removed.participant]);
});
