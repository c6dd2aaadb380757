import { existsSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { withLock } from '../../../server/lab/local/lock.ts';
import { makeSite } from './folder.ts';

it('lets one work at a time', async () => {
  const site = makeSite();
  const order: string[] = [];
  const first = Promise.withResolvers<void>();
  const waiting = vi.fn(() => first.resolve());
  await Promise.all([
    withLock(site, {}, async () => {
      order.push('first begins');
      await first.promise;
      order.push('first ends');
    }),
    withLock(site, { waiting }, async () => {
      order.push('second');
    }),
  ]);
  expect(order).toEqual(['first begins', 'first ends', 'second']);
  expect(waiting).toHaveBeenCalledOnce();
});

it('is free again after work that fails', async () => {
  const site = makeSite();
  await expect(withLock(site, {}, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await withLock(site, {}, async () => existsSync(site.root))).toBe(true);
});

it('can be given up while it waits', async () => {
  const site = makeSite();
  const controller = new AbortController();
  const held = Promise.withResolvers<void>();
  const holder = withLock(site, {}, () => held.promise);
  const waiter = withLock(
    site,
    { abort: controller.signal, waiting: () => controller.abort() },
    async () => 'worked',
  );
  await expect(waiter).rejects.toMatchObject({ name: 'AbortError' });
  held.resolve();
  await holder;
});
