import { expect, it, vi } from 'vitest';
import { askHealth } from '../../../../src/client/health.ts';
import { labOfPage } from '../../../../src/client/room/lab-of-page.ts';
import { room as strings } from '../../../../src/strings/room.ts';

vi.mock('../../../../src/client/health.ts', () => ({ askHealth: vi.fn() }));

it('tells a reader whose own sidecar is gone what to look at', async () => {
  vi.mocked(askHealth).mockResolvedValue('unreachable');
  await expect(labOfPage('http://192.168.0.7:4330')).rejects.toThrow(strings.noSidecar);
});

it('does not tell so a reader who has installed nothing: the hub serves the page', async () => {
  vi.mocked(askHealth).mockResolvedValue('unreachable');
  const error = await labOfPage('').catch((reason: Error) => reason);
  expect(error).toMatchObject({ message: '' });
});

it('is none where no sidecar serves the page', async () => {
  vi.mocked(askHealth).mockResolvedValue('absent');
  expect(await labOfPage('')).toBe('none');
});

it('tells a reader whom their own sidecar does not know how to open the page', async () => {
  vi.mocked(askHealth).mockResolvedValue('denied');
  await expect(labOfPage('')).rejects.toThrow(strings.denied);
});
