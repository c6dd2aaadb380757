/**
 * A host that knows nothing of the lab: it serves the built folder, under a path of its own, and for
 * what is missing its page for that.
 */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { SITE } from '../../server/site.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

export interface StaticHost {
  /** With a slash at its end. */
  readonly address: string;
  close(): Promise<void>;
}

/** @param base begins and ends with a slash. */
export const openStaticHost = async (base: string): Promise<StaticHost> => {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '', 'http://host').pathname);
    const file = join(SITE, path.slice(base.length), path.endsWith('/') ? 'index.html' : '');
    const body = path.startsWith(base) ? await readFile(file).catch(() => undefined) : undefined;
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    response.writeHead(body === undefined ? 404 : 200, {
      'Content-Type': body === undefined ? TYPES['.html'] : type,
    });
    response.end(body ?? (await readFile(join(SITE, '404.html'))));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}${base}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
