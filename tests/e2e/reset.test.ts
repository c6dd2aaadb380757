/** Starting over, as a reader who keeps other things in the same folder. */
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { HOME, lab, refuseOthersCluster, startSidecar } from './sidecar.ts';

const thesis = join(HOME, 'thesis.txt');
const token = join(HOME, 'token');
afterAll(() => rm(thesis, { force: true }));

it('removes what the lab has written, and nothing else', async () => {
  await refuseOthersCluster();
  await mkdir(HOME, { recursive: true });
  await writeFile(thesis, '몇 해의 일');
  const sidecar = await startSidecar();
  const busy = await lab('reset');
  expect(busy).toMatchObject({ code: 3, stderr: expect.stringContaining('npm start가 실행 중') });
  expect(existsSync(token)).toBe(true);
  sidecar.program.child.kill('SIGINT');
  await sidecar.program.exited;

  const { code, stdout, stderr } = await lab('reset');
  expect(code, stderr).toBe(0);
  expect(stdout).toContain('처음 상태로 되돌렸습니다');
  expect(existsSync(token)).toBe(false);
  expect(existsSync(thesis)).toBe(true);
});

it.each(['toString', '__proto__', 'constructor'])('takes %s for no command', async (word) => {
  const { code, stderr } = await lab(word);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^lab: /);
});
