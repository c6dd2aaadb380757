import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Process } from '../../../server/lab/lab.ts';
import { spawnProcess } from '../../../server/lab/spawn.ts';
import { alive, type Capture, capture, until } from '../../integration/capture.ts';

const SCREEN = { cols: 90, rows: 20 };
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const run = (output: Capture, command: string, args: string[], tty: boolean): Process =>
  spawnProcess(command, args, { env: process.env, interactive: true, tty, stdio: output.stdio });

const node = (output: Capture, script: string, tty: boolean): Process =>
  run(output, process.execPath, ['-e', script], tty);

describe.each([
  { how: 'with pipes', tty: false, screen: undefined },
  { how: 'in a terminal', tty: true, screen: SCREEN },
])('a program $how', ({ tty, screen }) => {
  it('gets its arguments as they are', async () => {
    const output = capture(screen);
    const process = run(output, '/bin/echo', ['$(id)', '; ls', '안녕'], tty);
    expect(await process.exited).toBe(0);
    expect(output.stdout().trim()).toBe('$(id) ; ls 안녕');
  });

  it('gives its exit code', async () => {
    expect(await node(capture(screen), 'process.exit(7)', tty).exited).toBe(7);
  });

  it.each([
    { signal: 'interrupt', code: 130 },
    { signal: 'terminate', code: 143 },
    { signal: 'kill', code: 137 },
  ] as const)('ends with $code after $signal', async ({ signal, code }) => {
    const output = capture(screen);
    const process = node(output, 'console.log("up"); setInterval(() => {}, 1000)', tty);
    await until('its output', () => output.stdout().includes('up'));
    process.signal(signal);
    expect(await process.exited).toBe(code);
  });

  it('is killed with all that it has started', async () => {
    const output = capture(screen);
    const script = `
      const child = require('node:child_process').spawn('sleep', ['1000'], { stdio: 'ignore' });
      console.log('child ' + child.pid + '.');
      setInterval(() => {}, 1000);`;
    const process = node(output, script, tty);
    const pid = await until('its child', () => /child (\d+)\./.exec(output.stdout())?.[1]);
    process.signal('kill');
    await process.exited;
    await until('the child to end', () => !alive(Number(pid)));
  });

  it('reads what was typed, cut anywhere, and then the end of it', async () => {
    const output = capture(screen);
    const script = `
      let text = '';
      process.stdin.setEncoding('utf8');
      process.stdin.on('data', (chunk) => { text += chunk; });
      process.stdin.on('end', () => console.log('[' + text.trim() + ']'));`;
    const process = node(output, script, tty);
    const line = encode('한글 입력\n');
    process.write(line.subarray(0, 1));
    process.write(line.subarray(1, 5));
    process.write(line.subarray(5));
    process.end();
    expect(await process.exited).toBe(0);
    expect(output.stdout()).toContain('[한글 입력]');
  });

  it('reads the end of an input that breaks off in a line', async () => {
    const output = capture(screen);
    const script = `
      let text = '';
      process.stdin.on('data', (chunk) => { text += chunk; });
      process.stdin.on('end', () => console.log('[' + text + ']'));`;
    const process = node(output, script, tty);
    process.write(encode('no newline'));
    process.end();
    expect(await process.exited).toBe(0);
    expect(output.stdout()).toContain('[no newline]');
  });

  it('does not mind what comes after its end', async () => {
    const process = node(capture(screen), '', tty);
    await process.exited;
    process.write(encode('late\n'));
    process.end();
    process.resize(SCREEN);
    process.signal('kill');
  });
});

describe('a program in a terminal that reads nothing', () => {
  it('keeps nothing else waiting, and hears Ctrl+C all the same', async () => {
    const output = capture(SCREEN);
    const process = node(output, 'console.log("up"); setInterval(() => {}, 1000)', true);
    await until('its output', () => output.stdout().includes('up'));
    await until('its terminal to be full', () => {
      process.write(encode('주문\n'.repeat(1_000)));
      return process.unread > 0;
    });
    process.signal('interrupt');
    expect(process.unread).toBe(0);
    expect(await process.exited).toBe(130);
  });

  it('gets it all, in order, when it reads', async () => {
    const output = capture(SCREEN);
    const script = `
      process.stdin.setRawMode(true).pause();
      setInterval(() => {}, 1000);
      process.on('SIGUSR2', () => {
        const hash = require('node:crypto').createHash('sha256');
        let left = 100000;
        process.stdin.on('data', (bytes) => {
          hash.update(bytes);
          left -= bytes.length;
          if (left === 0) { console.log(hash.digest('hex')); process.exit(); }
        });
        process.stdin.resume();
      });
      console.log('pid ' + process.pid + '.');`;
    const program = node(output, script, true);
    const pid = await until('it to run', () => /pid (\d+)\./.exec(output.stdout())?.[1]);
    const input = randomBytes(100_000);
    for (let from = 0; from < input.length; from += 1_000) {
      program.write(input.subarray(from, from + 1_000));
    }
    expect(program.unread).toBeGreaterThan(0);
    process.kill(Number(pid), 'SIGUSR2');
    expect(await program.exited).toBe(0);
    expect(output.stdout()).toContain(createHash('sha256').update(input).digest('hex'));
  });
});

it('keeps stdout and stderr apart with pipes', async () => {
  const output = capture();
  await node(output, 'console.log("out"); console.error("err")', false).exited;
  expect([output.stdout(), output.stderr()]).toEqual(['out\n', 'err\n']);
});

it('has no terminal where there is no screen', async () => {
  const output = capture();
  await node(output, 'console.log(process.stdout.isTTY ?? false)', true).exited;
  expect(output.stdout()).toBe('false\n');
});

it('tells a program how large its terminal is, and when that changes', async () => {
  const output = capture(SCREEN);
  const script = `
    const size = () => console.log(process.stdout.columns + 'x' + process.stdout.rows);
    size();
    process.stdout.on('resize', () => { size(); process.exit(); });
    setInterval(() => {}, 1000);`;
  const process = node(output, script, true);
  await until('its first size', () => output.stdout().includes('90x20'));
  process.resize({ cols: 60, rows: 10 });
  expect(await process.exited).toBe(0);
  expect(output.stdout()).toContain('60x10');
});

it('refuses a program that is not there', async () => {
  await expect(run(capture(), '/nowhere/java', [], false).exited).rejects.toMatchObject({
    name: 'LabError',
    code: 'unavailable',
  });
});

it('ends with the process that started it', async () => {
  const module = join(import.meta.dirname, '../../../server/lab/spawn.ts');
  const script = `
    const { spawnProcess } = await import(${JSON.stringify(module)});
    const text = (bytes) => process.stdout.write(bytes);
    const stdio = { stdout: text, stderr: text, size: undefined };
    spawnProcess('/bin/sh', ['-c', 'echo $$.; exec sleep 1000'],
      { env: process.env, interactive: false, tty: false, stdio });
    process.stdin.once('data', () => process.exit());`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script]);
  let text = '';
  parent.stdout.on('data', (chunk) => {
    text += String(chunk);
  });
  const pid = await until('its child', () => /(\d+)\./.exec(text)?.[1]);
  expect(alive(Number(pid))).toBe(true);
  parent.stdin.write('end\n');
  await until('the child to end', () => !alive(Number(pid)));
});
