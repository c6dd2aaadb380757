/** `npm run workshop`, as it begins: what its process may read and write, and what it takes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { buildSite } from '../../server/site.ts';
import { freePort } from '../free-port.ts';
import { certificate } from '../unit/server/certificate.ts';
import { waitFor } from '../wait.ts';
import { Program } from './sidecar.ts';

beforeAll(() => buildSite(console.log));

/** Within its process, before anything of it is loaded. */
const importing = (probe: string) => ({
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(probe)}`,
});

describe('the hub that npm starts', () => {
  it('reads what it needs and nothing else, and writes to its own folder alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lab-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const [home, cert, key, outside] = ['home', 'cert.pem', 'key.pem', 'outside.txt'].map((name) =>
      join(folder, name),
    ) as [string, string, string, string];
    writeFileSync(cert, certificate.cert);
    writeFileSync(key, certificate.key);
    writeFileSync(outside, '');
    const readme = fileURLToPath(new URL('../../README.md', import.meta.url));
    const probe = `
      import { readFileSync, writeFileSync } from 'node:fs';
      const attempt = (act) => { try { act(); return 'done'; } catch ({ code }) { return code; } };
      if (process.permission) console.log('attempts', ...[
        ...${JSON.stringify([outside, readme, cert])}.map((file) => attempt(() => readFileSync(file))),
        ...${JSON.stringify([outside, cert, join(home, 'x')])}.map((file) => attempt(() => writeFileSync(file, ''))),
      ]);`;
    const words = ['--port', String(await freePort()), '--home', home];
    const program = new Program(
      'scripts/workshop.ts',
      [...words, '--tls-cert', cert, '--tls-key', key],
      importing(probe),
    );
    await waitFor('it to be open', () => program.stdout.includes('Ready: '), 60_000);
    program.child.kill('SIGINT');
    expect((await program.exited).code).toBe(0);
    const denied = 'ERR_ACCESS_DENIED';
    expect(/^attempts (.*)$/m.exec(program.stdout)?.[1]?.split(' ')).toEqual([
      ...[denied, denied, 'done'],
      ...[denied, denied, 'done'],
    ]);
  });

  it('keeps no memory for what was new in a rush', async () => {
    const probe = `
      import { getHeapSpaceStatistics } from 'node:v8';
      if (process.permission) {
        let rush = [];
        for (let count = 0; count < 2_000_000; count += 1) {
          rush.push({ count });
          if (rush.length > 400_000) rush = [];
        }
        const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
        console.log('young', young.space_size);
      }`;
    const home = mkdtempSync(join(tmpdir(), 'lab-'));
    onTestFinished(() => rmSync(home, { recursive: true }));
    const words = ['--port', String(await freePort()), '--home', home];
    const program = new Program('scripts/workshop.ts', words, importing(probe));
    await waitFor('it to be open', () => program.stdout.includes('Ready: '), 60_000);
    program.child.kill('SIGINT');
    await program.exited;
    expect(Number(/^young (.*)$/m.exec(program.stdout)?.[1])).toBeLessThan(8 * 1024 * 1024);
  });
});
