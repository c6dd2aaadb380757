/**
 * What Lighthouse says of the built folder on a static host, under a path, over HTTP/2 as such hosts
 * speak it: mobile, simulated, the median of five. Lighthouse is no package of this project, and is
 * installed into a temporary folder.
 */
import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { buildSite, SITE } from '../server/site.ts';
import { launchBrowser } from '../tests/e2e/browser.ts';
import { freePort } from '../tests/free-port.ts';
import { certificate } from '../tests/unit/server/certificate.ts';

const LIGHTHOUSE = 'lighthouse@13.4.1';
const ROUNDS = 5;
const BASE = '/books/kafka/';
/** The start page; the lesson with most in it; and the longest list of steps. */
const PAGES = ['', 'failures/', 'partitioning/'];
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
const TARGETS = [95, 100, 100, 100];

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const Report = z.object({
  categories: z.record(z.string(), z.object({ score: z.number() })),
});

/** Resolves with its address, and how to close it. */
const serve = async (): Promise<{ readonly address: string; readonly close: () => void }> => {
  const port = await freePort();
  const server = createSecureServer(certificate, ({ url }, response) => {
    const path = new URL(url, 'https://host').pathname;
    const named = join(SITE, path.slice(BASE.length));
    const file = statSync(named, { throwIfNoEntry: false })?.isDirectory()
      ? join(named, 'index.html')
      : named;
    const isThere = path.startsWith(BASE) && statSync(file, { throwIfNoEntry: false })?.isFile();
    if (!isThere) {
      response.writeHead(404).end();
      return;
    }
    const type = TYPES[extname(file)] ?? 'application/json';
    const isPacked = extname(file) === '.woff2';
    const body = readFileSync(file);
    response
      .writeHead(200, { 'content-type': type, ...(!isPacked && { 'content-encoding': 'gzip' }) })
      .end(isPacked ? body : gzipSync(body));
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return { address: `https://127.0.0.1:${port}${BASE}`, close: () => server.close() };
};

const audit = async (cli: string, url: string): Promise<readonly number[]> => {
  const port = await freePort();
  const browser = await launchBrowser(
    `--remote-debugging-port=${port}`,
    '--ignore-certificate-errors',
  );
  try {
    const args = [cli, url, `--port=${port}`, '--output=json', '--quiet'];
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      maxBuffer: 64 * 1024 * 1024,
    });
    const { categories } = Report.parse(JSON.parse(stdout));
    return CATEGORIES.map((name) => Math.round((categories[name]?.score ?? 0) * 100));
  } finally {
    await browser.close();
  }
};

const median = (values: readonly number[]): number =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;

export const benchLighthouse = async (): Promise<void> => {
  await buildSite(() => {});
  const folder = mkdtempSync(join(tmpdir(), 'lab-bench-'));
  const { address, close } = await serve();
  try {
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent', LIGHTHOUSE], {
      cwd: folder,
    });
    const cli = join(folder, 'node_modules/lighthouse/cli/index.js');
    for (const page of PAGES) {
      const rounds: (readonly number[])[] = [];
      while (rounds.length < ROUNDS) rounds.push(await audit(cli, `${address}${page}`));
      const scores = CATEGORIES.map((_, index) => median(rounds.map((each) => each[index] ?? 0)));
      const spread = rounds.map(([performance = 0]) => performance);
      console.log(
        `| Lighthouse of ${page || 'the start page'}: performance (${Math.min(...spread)}–${Math.max(...spread)}), ` +
          `accessibility, best practices, SEO | ${scores.join(', ')} | – | – | ≥ ${TARGETS.join(', ')} |`,
      );
    }
  } finally {
    close();
    rmSync(folder, { recursive: true });
  }
};
