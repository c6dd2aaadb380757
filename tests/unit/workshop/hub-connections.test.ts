import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createCodes, makeCode } from '../../../server/workshop/codes.ts';
import type { limitConnections } from '../../../server/workshop/connections.ts';
import { startHub } from '../../../server/workshop/hub.ts';
import { freePort } from '../../free-port.ts';
import { makeFolder } from '../lab/folder.ts';

/** As the hub's own, of which a test has not so many connections to open. */
vi.mock('../../../server/workshop/connections.ts', async (original) => {
  const real = await original<{ limitConnections: typeof limitConnections }>();
  return {
    limitConnections: ((server, { address, all }) =>
      real.limitConnections(server, {
        address: address / 3_000,
        all: all / 3_000,
      })) satisfies typeof limitConnections,
  };
});

it('of connections, each port of a hub takes no more than so many from one address', async () => {
  const [port, presenterPort, site] = [await freePort(), await freePort(), makeFolder()];
  writeFileSync(join(site, 'titles.json'), '{}');
  const hub = await startHub({
    port,
    presenterPort,
    lan: false,
    name: '수업',
    token: 'presenters-token-of-this-test-0123456789abc',
    codes: createCodes({ code: makeCode(60_000), next: makeCode }),
    home: makeFolder(),
    site,
    policy: "default-src 'self'",
  });
  onTestFinished(hub.close);
  for (const each of [port, presenterPort]) {
    const enter = async () => {
      const socket = connect(each, '127.0.0.1');
      onTestFinished(() => void socket.destroy());
      const closed = once(socket, 'close');
      await once(socket, 'connect');
      return { socket, closed };
    };
    const [first, second, third] = [await enter(), await enter(), await enter()];
    await first.closed;
    expect([second, third].map(({ socket }) => socket.destroyed)).toEqual([false, false]);
  }
});
