import { afterEach, expect, it, vi } from 'vitest';
import { askHub } from '../../../src/client/ask-hub.ts';

vi.mock('../../../src/client/site-url.ts', () => ({ siteUrl: (path: string) => `/${path}` }));

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const hub = { name: '1반', presenter: true };

it.each([
  ['who it is, of a hub', Response.json(hub), hub],
  ['nothing, of a sidecar', Response.json(null), 'absent'],
  ['a page, of another host', new Response('<!doctype html>'), 'absent'],
  ['that it may not be asked', Response.json({}, { status: 403 }), 'denied'],
  ['what stands before a hub that is gone', Response.json({}, { status: 502 }), 'unreachable'],
] as const)('hears %s', async (_, response, heard) => {
  vi.stubGlobal('fetch', async () => response);
  expect(await askHub()).toEqual(heard);
});

it('waits for no answer that does not come', async () => {
  const patience = new AbortController();
  vi.spyOn(AbortSignal, 'timeout').mockReturnValue(patience.signal);
  vi.stubGlobal(
    'fetch',
    (_: string, { signal }: RequestInit) =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', reject)),
  );
  const asked = askHub();
  patience.abort();
  expect(await asked).toBe('unreachable');
});
