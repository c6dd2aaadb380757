/** A registry on this machine with one image in it, whose line can be cut: for pulls that are real. */
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

export interface Registry {
  /** `127.0.0.1:5001/lab/image:1`; the engine speaks plain HTTP to loopback addresses. */
  readonly image: string;
  /** The size of its one layer, bytes. */
  readonly size: number;
  /** The next request for the layer breaks in the middle. */
  cutOnce(): void;
  /** Where each request for the layer began, in bytes. */
  readonly starts: readonly number[];
  close(): Promise<void>;
}

const TYPE = {
  manifest: 'application/vnd.docker.distribution.manifest.v2+json',
  config: 'application/vnd.docker.container.image.v1+json',
  layer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
} as const;

const digestOf = (bytes: Uint8Array): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

export const makeRegistry = async (): Promise<Registry> => {
  const tar = tarOf(randomBytes(24 << 20));
  const layer = gzipSync(tar, { level: 0 });
  const config = Buffer.from(
    JSON.stringify({
      architecture: process.arch === 'x64' ? 'amd64' : process.arch,
      os: 'linux',
      config: { Cmd: ['/none'] },
      rootfs: { type: 'layers', diff_ids: [digestOf(tar)] },
    }),
  );
  const describe = (mediaType: string, bytes: Uint8Array) => ({
    mediaType,
    size: bytes.length,
    digest: digestOf(bytes),
  });
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: TYPE.manifest,
      config: describe(TYPE.config, config),
      layers: [describe(TYPE.layer, layer)],
    }),
  );
  let cut = false;
  const starts: number[] = [];

  const server = createServer(({ url = '', headers }, answer) => {
    if (url === '/v2/') return void answer.end('{}');
    if (url.includes('/manifests/')) {
      answer.setHeader('Content-Type', TYPE.manifest);
      answer.setHeader('Docker-Content-Digest', digestOf(manifest));
      // The engine asks with HEAD first.
      answer.setHeader('Content-Length', manifest.length);
      return void answer.end(manifest);
    }
    if (url.endsWith(digestOf(config))) return void answer.end(config);
    if (!url.endsWith(digestOf(layer))) return void answer.writeHead(404).end();
    const start = Number(/^bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0);
    starts.push(start);
    answer.writeHead(start === 0 ? 200 : 206, {
      'Content-Length': layer.length - start,
      'Content-Range': `bytes ${start}-${layer.length - 1}/${layer.length}`,
    });
    const end = cut ? layer.length >> 1 : layer.length;
    const wholly = !cut;
    cut = false;
    void trickle(layer.subarray(start, end), answer).then(() =>
      wholly ? answer.end() : answer.destroy(),
    );
    return;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    image: `127.0.0.1:${address.port}/lab/image:1`,
    size: layer.length,
    cutOnce: () => {
      cut = true;
    },
    starts,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
};

/** As a line that is not a loopback: the engine tells its progress ten times a second only. */
const trickle = async (bytes: Uint8Array, answer: ServerResponse): Promise<void> => {
  for (let from = 0; from < bytes.length && !answer.destroyed; from += 1 << 20) {
    await new Promise<void>((resolve) => {
      answer.write(bytes.subarray(from, from + (1 << 20)), () => resolve());
    });
    await setTimeout(60);
  }
};

const tarOf = (content: Uint8Array): Buffer => {
  const folder = mkdtempSync(join(tmpdir(), 'lab-registry-'));
  try {
    writeFileSync(join(folder, 'file'), content);
    const { stdout } = spawnSync('tar', ['-C', folder, '-cf', '-', 'file'], {
      maxBuffer: 2 * content.length,
    });
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
};
