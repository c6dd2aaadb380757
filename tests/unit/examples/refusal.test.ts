import { execFile } from 'node:child_process';
import { expect, it } from 'vitest';

const REFUSAL = new URL('../../../examples/refusal.ts', import.meta.url).href;

/** A program that keeps a port open, as a client does that has forgotten a connection. */
const runs = (body: string): Promise<{ code: number; stderr: string }> => {
  const program = `
    import { createServer } from 'node:net';
    import { Refusal, run } from ${JSON.stringify(REFUSAL)};
    createServer().listen(0, '127.0.0.1');
    await run(async () => { ${body} });`;
  const { promise, resolve } = Promise.withResolvers<{ code: number; stderr: string }>();
  const args = ['--input-type=module-typescript', '--eval', program];
  const child = execFile(process.execPath, args, { timeout: 4_000 }, (_, __, stderr) =>
    resolve({ code: child.exitCode ?? -1, stderr }),
  );
  return promise;
};

it.each([
  ['its end', '', 0],
  ['its end, with the exit code that it chose', 'process.exitCode = 130', 130],
  ['a refusal, which it prints', "throw new Refusal('아직 안 됩니다.')", 1],
])('ends a program at %s, whatever it has left open', async (_, body, code) => {
  const ended = await runs(body);
  expect(ended.code).toBe(code);
  expect(ended.stderr).toBe(code === 1 ? '아직 안 됩니다.\n' : '');
});
