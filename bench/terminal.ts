/**
 * Output on its way to the screen: a flood through sidecar, socket and xterm in a real browser, against
 * xterm alone fed from memory in the same browser; what stopping an endless flood takes, and what that
 * costs in memory; and a sidecar that does nothing.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { buildSite } from '../server/site.ts';
import { launchBrowser } from '../tests/e2e/browser.ts';
import { freePort } from '../tests/free-port.ts';
import { realisticOutput } from '../tests/realistic-output.ts';
import { waitFor } from '../tests/wait.ts';
import { type BarePage, openBarePage } from './page.ts';
import { compare, row, type Summary } from './ratio.ts';

const ROUNDS = 5;
const LINES = 300_000;
const MIB = 1024 * 1024;
/** Milliseconds of flood, and of idling. */
const FLOOD = 60_000;
const IDLE = 20_000;

const LAB = fileURLToPath(new URL('./flood-lab.ts', import.meta.url));
const XTERM = fileURLToPath(new URL('../node_modules/@xterm/xterm/', import.meta.url));

export const benchTerminal = async (): Promise<void> => {
  await buildSite(() => {});
  const home = mkdtempSync(join(tmpdir(), 'bench-'));
  const file = join(home, 'output');
  const output = realisticOutput(LINES);
  writeFileSync(file, output);
  const port = await freePort();
  const args = [LAB, String(port), join(home, 'lab'), file];
  const sidecar = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const debugging = await freePort();
  const browser = await launchBrowser(`--remote-debugging-port=${debugging}`);
  try {
    let printed = '';
    sidecar.stdout.on('data', (text) => {
      printed += String(text);
    });
    const address = await waitFor('Ready', () => /^Ready: (\S+)$/m.exec(printed)?.[1]);
    await idle(sidecar);
    const page = await openBarePage(browser, debugging);
    await page.goto(address);
    const bare = await bareXterm(browser, debugging, output);
    for (const { name, id, target } of PRINTERS) {
      await page.goto(`http://127.0.0.1:${port}/${id.split('/')[0]}/`);
      // The first run loads the terminal.
      await timeRun(page, id);
      row(name, await throughput(page, id, bare, output), '', target);
    }
    bare.close();
    await page.goto(`http://127.0.0.1:${port}/topics/`);
    await flood(page, sidecar);
  } finally {
    await browser.close();
    sidecar.kill('SIGKILL');
    rmSync(home, { recursive: true });
  }
};

/** Steps that print the same bytes. */
const PRINTERS = [
  { name: 'bytes to the screen, MiB a second', id: 'topics/describe-orders', target: '≥ 0.8' },
  { name: '– of `cat` in a PTY', id: 'environment/ps', target: '≥ 0.8' },
];

const throughput = (
  page: BarePage,
  id: string,
  bare: BarePage,
  output: Buffer,
): Promise<Summary> => {
  const rate = (milliseconds: number): number => output.length / MIB / (milliseconds / 1_000);
  return compare(
    ROUNDS,
    async () => rate(await timeRun(page, id)),
    async () => rate(await timeBare(bare)),
  );
};

/** Milliseconds from its first byte of output to its end on the page. */
const timeRun = (page: BarePage, id: string): Promise<number> =>
  page.evaluate(
    (id) =>
      new Promise<number>((resolve) => {
        const element = document.querySelector(`lab-step[data-step="${id}"]`);
        let from = 0;
        const observer = new MutationObserver(() => {
          const status = element?.getAttribute('data-status');
          const pending = element?.hasAttribute('data-pending');
          if (from === 0 && status === 'running' && !pending) from = performance.now();
          if (from > 0 && status === 'passed') {
            observer.disconnect();
            resolve(performance.now() - from);
          }
        });
        if (element !== null) observer.observe(element, { attributes: true });
        element?.querySelector<HTMLElement>('[data-part="run"]')?.click();
      }),
    id,
  );

/** xterm.js as its package is, with the size and history of a step's terminal, and what to print. */
const bareXterm = async (
  browser: Browser,
  debugging: number,
  output: Buffer,
): Promise<BarePage> => {
  const page = await openBarePage(browser, debugging);
  const css = readFileSync(join(XTERM, 'css/xterm.css'), 'utf8');
  const script = readFileSync(join(XTERM, 'lib/xterm.js'), 'utf8');
  await page.evaluate(
    ({ css, script, output }) => {
      document.write(
        `<!doctype html><style>${css}</style><div id="box" style="width: 800px"></div>`,
      );
      const element = document.createElement('script');
      element.text = script;
      document.body.append(element);
      Object.assign(window, {
        output: Uint8Array.from(atob(output), (char) => char.charCodeAt(0)),
      });
    },
    { css, script, output: output.toString('base64') },
  );
  return page;
};

interface Bare {
  Terminal: new (
    options: object,
  ) => {
    open(box: Element | null): void;
    write(bytes: Uint8Array, done: () => void): void;
    dispose(): void;
  };
}

/** Milliseconds for all of its output, with eight pieces of 64 KiB on their way at a time. */
const timeBare = (page: BarePage): Promise<number> =>
  page.evaluate(async () => {
    const { Terminal, output } = window as unknown as Bare & { output: Uint8Array };
    const terminal = new Terminal({ cols: 100, rows: 18, scrollback: 5000, convertEol: true });
    terminal.open(document.getElementById('box'));
    const from = performance.now();
    await new Promise<void>((resolve) => {
      let sent = 0;
      let drawn = 0;
      const feed = (): void => {
        while (sent < output.length && sent - drawn < 8 * 65_536) {
          const part = output.subarray(sent, sent + 65_536);
          sent += part.length;
          const end = sent;
          terminal.write(part, () => {
            drawn = end;
            if (drawn === output.length) resolve();
            else feed();
          });
        }
      };
      feed();
    });
    const took = performance.now() - from;
    terminal.dispose();
    return took;
  }, null);

const flood = async (page: BarePage, sidecar: ChildProcess): Promise<void> => {
  const id = 'topics/list';
  await page.evaluate((id) => {
    document.querySelector<HTMLElement>(`lab-step[data-step="${id}"] [data-part="run"]`)?.click();
  }, id);
  // The first seconds fill what is kept anyway.
  await setTimeout(10_000);
  const before = { page: await heapOf(page), sidecar: residentOf(sidecar) };
  await setTimeout(FLOOD - 10_000);
  const after = { page: await heapOf(page), sidecar: residentOf(sidecar) };
  const stopped = page.evaluate(
    (id) =>
      new Promise<number>((resolve) => {
        const element = document.querySelector(`lab-step[data-step="${id}"]`);
        const button = element?.querySelector<HTMLElement>('[data-part="stop"]');
        const from = performance.now();
        const observer = new MutationObserver(() => {
          if (element?.getAttribute('data-status') !== 'stopped') return;
          observer.disconnect();
          resolve(performance.now() - from);
        });
        if (element !== null) observer.observe(element, { attributes: true });
        button?.click();
      }),
    id,
  );
  console.log(
    `| 중지 → \`stopped\`, after 60 s of \`yes\` | ${(await stopped).toFixed(0)} ms | – | – | ≤ 200 ms |`,
  );
  for (const whose of ['sidecar', 'page'] as const) {
    const grown = (after[whose] - before[whose]) / MIB;
    console.log(`| – the ${whose}'s memory grows by | ${grown.toFixed(0)} MiB | – | – | ± 50 MB |`);
  }
};

/** Bytes of the page's JavaScript and of its buffers, in which xterm keeps its lines; after a collection. */
const heapOf = async (page: BarePage): Promise<number> => {
  await page.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = Heap.parse(await page.send('Runtime.getHeapUsage'));
  return usedSize + backingStorageSize;
};
const Heap = z.object({ usedSize: z.number(), backingStorageSize: z.number() });

const statOf = ({ pid }: ChildProcess, file: string): string =>
  readFileSync(`/proc/${pid}/${file}`, 'utf8');

/** Bytes. */
const residentOf = (child: ChildProcess): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(statOf(child, 'status'))?.[1]) * 1024;

/** Milliseconds of a core so far; Linux counts hundredths of a second. */
const busyOf = (child: ChildProcess): number => {
  const stat = statOf(child, 'stat');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
};

const idle = async (sidecar: ChildProcess): Promise<void> => {
  const before = busyOf(sidecar);
  await setTimeout(IDLE);
  const share = ((busyOf(sidecar) - before) / IDLE) * 100;
  const resident = residentOf(sidecar) / MIB;
  console.log(`| an idle sidecar, of a core | ${share.toFixed(2)} % | – | – | < 0.5 % |`);
  console.log(`| – resident | ${resident.toFixed(0)} MiB | – | – | < 160 MB |`);
};
