import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { collectGarbage } from '../../collect-garbage.ts';
import { steady } from '../../flood.ts';
import { waitFor } from '../../wait.ts';
import {
  BINARY,
  CONTINUATION,
  closeCode,
  frame,
  openSocket,
  PING,
  type Raw,
  TEXT,
} from './raw-socket.ts';
import {
  connect,
  execs,
  expectUnharmed,
  get,
  openSession,
  RUN,
  startRun,
} from './site-under-test.ts';

/** How often the sidecar has answered that something is no message. */
const refusals = (connection: Raw): number =>
  connection.text().split('"code":"bad-message"').length - 1;

describe('a frame that is no message', () => {
  it.each([
    ['broken JSON', '{"type":'],
    ['deep nesting', '['.repeat(50_000)],
    ['deep nesting, closed', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['an unknown type', '{"type":"run.everything"}'],
    ['a type that every object has', '{"type":"constructor"}'],
    ['an unknown field', JSON.stringify({ ...startRun, command: 'rm -rf /' })],
    ['an absurd width', JSON.stringify({ ...startRun, cols: 1e9 })],
    ['an absurd height', JSON.stringify({ ...startRun, rows: 1e9 })],
    ['no height', JSON.stringify({ ...startRun, rows: 0 })],
    ['a step too long', JSON.stringify({ ...startRun, step: `topics/${'x'.repeat(1_000)}` })],
    ['a step with a path', JSON.stringify({ ...startRun, step: '../../etc' })],
    ['a run with a path', JSON.stringify({ ...startRun, run: '../../escaped' })],
    ['a run in capitals', JSON.stringify({ ...startRun, run: RUN.toUpperCase() })],
    ['less than no bytes', JSON.stringify({ type: 'run.ack', run: RUN, offset: -1 })],
    ['half a byte', JSON.stringify({ type: 'run.ack', run: RUN, offset: 0.5 })],
    ['a paste too long', JSON.stringify({ type: 'run.input', run: RUN, data: 'x'.repeat(17_000) })],
    ['a signal of no such name', JSON.stringify({ type: 'run.signal', run: RUN, signal: 'stop' })],
    ['__proto__ in place of all', `{"__proto__":${JSON.stringify(startRun)}}`],
    ['__proto__ besides', JSON.stringify(startRun).replace('{', '{"__proto__":{"cols":2},')],
    ['no object', 'null'],
    ['nothing', ''],
  ])('(%s) is refused', async (_, text) => {
    const page = await connect();
    page.socket.send(text);
    await page.refusal('bad-message');
    await expectUnharmed();
  });

  it('(binary where text is due) is refused', async () => {
    const page = await connect();
    page.socket.send(Buffer.from(JSON.stringify(startRun)));
    await page.refusal('bad-message');
    await expectUnharmed();
  });
});

describe('a frame against the rules', () => {
  it('(over the limit) closes its connection, and no other', async () => {
    const [page, other] = [await connect(), await connect()];
    page.socket.send('x'.repeat(1_000_000));
    const [code] = await once(page.socket, 'close');
    expect(code).toBe(1009);
    other.send(startRun);
    await other.status(RUN, 'running');
  });

  it.each<[string, number, Buffer]>([
    ['announced over the limit', 1009, frame(TEXT, 'x'.repeat(1_000_000)).subarray(0, 14)],
    ['invalid UTF-8', 1007, frame(TEXT, Buffer.from([0x7b, 0xc3, 0x28, 0x7d]))],
    ['unmasked', 1002, frame(TEXT, JSON.stringify(startRun), { masked: false })],
    ['a continuation of nothing', 1002, frame(CONTINUATION, 'x')],
    ['an unknown opcode', 1002, frame(5, 'x')],
  ])('(%s) closes its connection', async (_, code, bytes) => {
    const connection = await openSocket();
    connection.socket.write(bytes);
    expect(await closeCode(connection)).toBe(code);
    await expectUnharmed();
  });

  it.each([
    ['never-ending', 1_000, 1009],
    ['tiny', 1, 1008],
    ['empty', 0, 1008],
  ])('(%s fragments) closes its connection, though more come', async (_, size, code) => {
    const connection = await openSocket({ allowHalfOpen: true });
    connection.socket.write(frame(TEXT, '[', { fin: false }));
    const fragment = frame(CONTINUATION, 'x'.repeat(size), { fin: false });
    connection.socket.write(Buffer.concat(Array(2_000).fill(fragment)));
    expect(await closeCode(connection)).toBe(code);
    // It neither answers the close nor stops: the sidecar does not read on for long.
    await waitFor(
      'the end of the connection',
      () => {
        if (!connection.isClosed()) connection.socket.write(fragment);
        return connection.isClosed();
      },
      3_000,
    );
    await expectUnharmed();
  });

  it('(in thousands of single bytes) closes its connection', async () => {
    const connection = await openSocket();
    const bytes = frame(TEXT, 'x'.repeat(100_000));
    let sent = 0;
    // One a turn of the event loop, which the sidecar shares: it reads them one by one.
    const send = (): void => {
      if (connection.isClosed() || sent === bytes.length) return;
      connection.socket.write(bytes.subarray(sent, sent + 1));
      sent += 1;
      setImmediate(send);
    };
    send();
    expect(await closeCode(connection)).toBe(1008);
    expect(sent).toBeLessThan(bytes.length / 2);
    await expectUnharmed();
  });
});

describe('a message about a run', () => {
  it('with an id that exists, of another step, is refused', async () => {
    const page = await connect();
    page.send(startRun);
    await page.status(RUN, 'running');
    page.send({ ...startRun, step: 'environment/up' });
    expect(await page.refusal('bad-message')).toMatchObject({ run: RUN, step: 'environment/up' });
    const started = { type: 'run.status', step: 'environment/up' };
    expect(page.messages).not.toContainEqual(expect.objectContaining(started));
    page.send({ type: 'run.input', run: RUN, data: '다음\r' });
    await waitFor('the input', () => execs[0]?.typed.includes('다음\r'));
    expect(execs).toHaveLength(1);
  });

  it.each([
    ['run.attach', { offset: 0 }],
    ['run.input', { data: 'x' }],
    ['run.signal', { signal: 'kill' }],
    ['run.resize', { cols: 80, rows: 24 }],
    ['run.ack', { offset: 0 }],
  ])('(%s) that is not there is refused', async (type, fields) => {
    const page = await connect();
    const run = crypto.randomUUID();
    page.send({ type, run, ...fields });
    expect(await page.refusal('unknown-run')).toMatchObject({ run });
    await expectUnharmed();
  });

  it('(input) that has ended is refused', async () => {
    const page = await connect();
    page.send(startRun);
    await page.status(RUN, 'running');
    execs[0]?.exit(0);
    await page.status(RUN, 'passed');
    page.send({ type: 'run.input', run: RUN, data: 'rm -rf /\r' });
    expect(await page.refusal('bad-message')).toMatchObject({ run: RUN });
    expect(execs[0]?.typed).toEqual([]);
    const next = { ...startRun, run: crypto.randomUUID() };
    page.send(next);
    await page.status(next.run, 'running');
    page.send({ type: 'run.input', run: next.run, data: '다음\r' });
    await waitFor('the input', () => execs[1]?.typed.includes('다음\r'));
  });
});

describe('a flood', () => {
  /** Messages a second that a page is listened to, at most. */
  const RATE = 6_400;

  it.each([
    ['ten thousand messages of one byte', frame(TEXT, 'x')],
    ['ten thousand binary frames', frame(BINARY, 'x')],
  ])(
    '(%s) is answered no faster than it may be, and whole; others are served',
    async (_, bytes) => {
      const [connection, cookie] = [await openSocket(), await openSession()];
      const from = performance.now();
      connection.socket.write(Buffer.concat(Array(10_000).fill(bytes)));
      connection.socket.write(frame(TEXT, JSON.stringify(startRun)));
      await waitFor('the flood', () => refusals(connection) > 0);
      // Another page asks while most of it is still to come.
      expect((await get('/api/health', { cookie })).status).toBe(200);
      const answered = refusals(connection);
      const seconds = (performance.now() - from) / 1000;
      expect(answered).toBeLessThan(100 + seconds * RATE);
      expect(seconds).toBeLessThan(1);
      expect(execs).toHaveLength(0);
      // What honest was sent after it was not lost.
      await waitFor('the honest message', () => execs.length === 1);
      await waitFor('the last refusal', () => refusals(connection) === 10_000);
    },
  );

  it('(pings) closes its connection', async () => {
    const connection = await openSocket();
    connection.socket.write(Buffer.concat(Array(10_000).fill(frame(PING, ''))));
    await connection.closed();
    await expectUnharmed();
  });

  it('from a page that reads nothing costs no memory, and is answered when it does', {
    timeout: 30_000,
  }, async () => {
    const page = await connect();
    page.send(startRun);
    await page.status(RUN, 'running');
    execs[0]?.stdio.stdout(Buffer.alloc(1024 * 1024, 'x'));
    const connection = await openSocket();
    connection.socket.pause();
    const held = (): number => {
      collectGarbage();
      return process.memoryUsage().arrayBuffers;
    };
    // Buffers are freed beside the program, a moment after they were collected.
    const before = await steady('what is held', held);
    const attach = (run: string): Buffer =>
      frame(TEXT, JSON.stringify({ type: 'run.attach', run, offset: 0 }));
    const MB = 1024 * 1024;
    const cookie = await openSession();
    const health = async (): Promise<number> => (await get('/api/health', { cookie })).status;
    // Each is answered with a quarter of a mebibyte of what there is by then, which nothing else keeps.
    for (let times = 0; times < 160; times += 1) {
      connection.socket.write(attach(RUN));
      expect(await health()).toBe(200);
      execs[0]?.stdio.stdout(Buffer.alloc(MB / 2, 'x'));
    }
    connection.socket.write(attach(crypto.randomUUID()));
    const grown = (await steady('the answers that wait', held)) - before;
    expect(grown).toBeGreaterThan(4 * MB);
    expect(grown).toBeLessThan(24 * MB);
    expect(await health()).toBe(200);
    let [bytes, tail, refused] = [0, '', false];
    connection.socket.removeAllListeners('data').on('data', (data) => {
      const text = tail + data.toString('latin1');
      refused ||= text.includes('"code":"unknown-run"');
      tail = text.slice(-100);
      bytes += data.length;
    });
    connection.socket.resume();
    await waitFor('all answers', () => refused && bytes > 40 * MB);
  });

  it('is not what an honest page does, that pastes much while it draws much', async () => {
    const page = await connect();
    page.send(startRun);
    await page.status(RUN, 'running');
    const from = performance.now();
    // A paste of 1.6 MB, and the acknowledgements of 64 MB.
    const paste = 'x'.repeat(16_384);
    for (let times = 0; times < 100; times += 1) {
      page.send({ type: 'run.input', run: RUN, data: paste });
      for (let each = 0; each < 10; each += 1) page.send({ type: 'run.ack', run: RUN, offset: 0 });
    }
    await waitFor('the whole paste', () => execs[0]?.typed.length === 100);
    expect(execs[0]?.typed.every((typed) => typed === paste)).toBe(true);
    expect(performance.now() - from).toBeLessThan(1_000);
    expect(page.messages.filter(({ type }) => type === 'error')).toEqual([]);
  });
});
