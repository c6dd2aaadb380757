import { createServer, type RequestListener } from 'node:http';
import { expect, it, onTestFinished, vi } from 'vitest';
import { answered } from '../../../server/dev-site.ts';
import { freePort } from '../../free-port.ts';
import { waitFor } from '../../wait.ts';

const listen = async (port: number, listener: RequestListener): Promise<void> => {
  const server = createServer(listener);
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
};

it('is answered once the dev server listens and reaches a sidecar', async () => {
  const port = await freePort();
  const looks = vi.spyOn(globalThis, 'fetch');
  let done = false;
  const ready = answered(port).then(() => {
    done = true;
  });
  await waitFor('two looks at nobody', () => looks.mock.calls.length > 1);
  let alone = 0;
  let status = 500;
  await listen(port, (_, response) => {
    if (status === 500) alone += 1;
    response.writeHead(status).end();
  });
  await waitFor('two looks at a proxy with nobody behind it', () => alone > 1);
  expect(done).toBe(false);
  status = 401;
  await ready;
});

it('has its proxy ask the sidecar where PORT says that it is', async () => {
  vi.stubEnv('PORT', '4421');
  onTestFinished(() => void vi.unstubAllEnvs());
  const { default: config } = await import('../../../astro.config.mjs');
  const targets = Object.values(config.vite?.server?.proxy ?? {}).map(
    (each) => Object(each).target,
  );
  expect(new Set(targets)).toEqual(new Set(['http://127.0.0.1:4421']));
});
