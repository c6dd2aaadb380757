/** The built site: made anew when a source is newer, and what its pages may load. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { LabError } from './errors.ts';
import { type Lock, tryLock } from './lock.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
/** All that the pages are made of; the fonts hold the letters of server and examples, too. */
const SOURCES = [
  'content',
  'src',
  'public',
  'server',
  'examples',
  'astro.config.mjs',
  'package-lock.json',
];

export const SITE = join(ROOT, 'dist');

/** Written when a build is whole: one that was interrupted has pages, but no search. */
const STAMP = join(SITE, '.built');

/**
 * Builds the site if it is missing or older than its sources.
 *
 * @param log where the progress goes, a line each.
 * @throws LabError with the build's own words.
 */
export const buildSite = async (log: (line: string) => void): Promise<void> => {
  if (await isFresh()) return;
  // `npm start` and `npm run workshop` begin together: the second waits for the first's.
  const lock = await takeTurn(log);
  try {
    if (!(await isFresh())) await build(log);
  } finally {
    lock.release();
  }
};

const isFresh = async (): Promise<boolean> => {
  const built = await modified(STAMP);
  const changed = await Promise.all(SOURCES.map((source) => newest(join(ROOT, source))));
  return built > Math.max(...changed);
};

/** Milliseconds between two looks at whether the other build is done. */
const LOOK = 200;

const takeTurn = async (log: (line: string) => void): Promise<Lock> => {
  const take = (): Lock | undefined => tryLock(join(ROOT, 'node_modules/.cache/site.lock'));
  let lock = take();
  if (lock === undefined) log('다른 창에서 교재를 만드는 중입니다. 끝나기를 기다립니다…');
  while (lock === undefined) {
    await setTimeout(LOOK);
    lock = take();
  }
  return lock;
};

const build = async (log: (line: string) => void): Promise<void> => {
  log('교재를 만드는 중입니다… (처음이거나 내용이 바뀌었을 때만 합니다)');
  const output: Buffer[] = [];
  // The build is a program of its own: what it needs in memory, the sidecar need not keep.
  const program = spawn(
    process.execPath,
    [join(ROOT, 'node_modules/astro/bin/astro.mjs'), 'build', '--silent'],
    {
      cwd: ROOT,
      env: buildEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const end = (): boolean => program.kill();
  process.once('exit', end);
  program.stdout.on('data', (bytes: Buffer) => output.push(bytes));
  program.stderr.on('data', (bytes: Buffer) => output.push(bytes));
  const code = await new Promise((resolve, reject) => {
    program.on('error', reject);
    program.on('close', resolve);
  });
  process.off('exit', end);
  if (code !== 0) {
    throw new LabError(
      'unavailable',
      `교재를 만들지 못했습니다.\n${Buffer.concat(output).toString().trim()}`,
    );
  }
  await writeFile(STAMP, '');
};

/**
 * The Content-Security-Policy of the site: everything from here, and of inline scripts exactly those
 * that were built. `wasm-unsafe-eval` is Pagefind's search; inline styles are the code's colours.
 */
export const sitePolicy = async (): Promise<string> => {
  const hashes = new Set<string>();
  const pages = (await readdir(SITE, { recursive: true })).filter((file) => file.endsWith('.html'));
  for (const page of pages) {
    const html = await readFile(join(SITE, page), 'utf8');
    for (const [, attributes = '', script = ''] of html.matchAll(
      /<script\b([^>]*)>([\s\S]*?)<\/script>/g,
    )) {
      if (/\bsrc=/.test(attributes) || /type="application\/(ld\+)?json"/.test(attributes)) continue;
      hashes.add(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    }
  }
  return [
    "default-src 'self'",
    `script-src 'self' 'wasm-unsafe-eval' ${[...hashes].join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
};

/** Whatever the caller's is, a test runner's say: Starlight builds search for production only. */
const buildEnvironment = (): NodeJS.ProcessEnv => {
  const { DEV, PROD, MODE, SSR, BASE_URL, ...rest } = process.env;
  return { ...rest, NODE_ENV: 'production', ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1' };
};

const modified = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );

const newest = async (path: string): Promise<number> => {
  if (!(await stat(path)).isDirectory()) return modified(path);
  const files = await readdir(path, { recursive: true });
  return Math.max(
    await modified(path),
    ...(await Promise.all(files.map((file) => modified(join(path, file))))),
  );
};
