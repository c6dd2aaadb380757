/**
 * What a browser loads at the first visit of a lesson, gzipped, before search and terminal: the built
 * page's own files, and of the JavaScript only what a bare Starlight page does not have.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

interface Weight {
  readonly html: number;
  readonly css: number;
  readonly js: number;
  readonly fonts: number;
}

const build = (root: string): string => {
  execFileSync(
    process.execPath,
    [join(ROOT, 'node_modules/astro/bin/astro.mjs'), 'build', '--silent', '--root', root],
    { cwd: root, env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' }, stdio: 'inherit' },
  );
  return join(root, 'dist');
};

/** Starlight as its own documentation starts it: one page, nothing added. */
const buildBare = (): { readonly site: string; readonly remove: () => void } => {
  // Inside the repository, so that it finds the same packages.
  const root = join(ROOT, '.lab-test/bare-starlight');
  rmSync(root, { recursive: true, force: true });
  mkdirSync(join(root, 'src/content/docs/topics'), { recursive: true });
  writeFileSync(
    join(root, 'package.json'),
    '{"type":"module","dependencies":{"astro":"*","@astrojs/starlight":"*"}}',
  );
  writeFileSync(
    join(root, 'astro.config.mjs'),
    `import starlight from '@astrojs/starlight';
export default { integrations: [starlight({ title: 'Bare' })] };`,
  );
  writeFileSync(
    join(root, 'src/content.config.ts'),
    `import { defineCollection } from 'astro:content';
import { docsLoader } from '@astrojs/starlight/loaders';
import { docsSchema } from '@astrojs/starlight/schema';
export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };`,
  );
  writeFileSync(
    join(root, 'src/content/docs/topics/index.md'),
    '---\ntitle: Topics\n---\n\n## One\n\ntext\n\n```bash\nls\n```\n',
  );
  return { site: build(root), remove: () => rmSync(root, { recursive: true }) };
};

/** Pages and styles name files from where they lie themselves: all of those lie at the root, or one below. */
const fromRoot = (path: string): string => path.replace(/^(?:\.{0,2}\/)+/, '');

const gzipped = (bytes: Buffer | string): number => gzipSync(bytes).length;

const weigh = (site: string, page: string): Weight => {
  const html = readFileSync(join(site, page, 'index.html'), 'utf8');
  const file = (path: string): Buffer => readFileSync(join(site, fromRoot(path)));
  const all = (pattern: RegExp): string[] => [
    ...new Set([...html.matchAll(pattern)].map(([, path = '']) => path)),
  ];
  const sheets = all(/<link[^>]+rel="stylesheet"[^>]+href="([^"]+)"/g);
  const css = sheets.map((path) => file(path).toString()).join('\n');
  const entries = all(/<script[^>]+type="module"[^>]+src="([^"]+)"/g).map(fromRoot);
  const scripts = [...reachable(site, entries)];
  const inline = [...html.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, text = '']) => text,
  );
  const fonts = [...`${css}\n${html}`.matchAll(/url\(([^)]+\.woff2)\)/g)].map(
    ([, url = '']) => url,
  );
  return {
    html: gzipped(html),
    css: sheets.reduce((sum, path) => sum + gzipped(file(path)), 0),
    js:
      scripts.reduce((sum, path) => sum + gzipped(file(path)), 0) +
      (inline.length > 0 ? gzipped(inline.join('\n')) : 0),
    fonts: [...new Set(fonts)].reduce(
      (sum, path) => sum + file(path.replaceAll(/['"]/g, '')).length,
      0,
    ),
  };
};

/** Modules that load with the page: static imports, not `import()`. */
const reachable = (site: string, entries: readonly string[]): Set<string> => {
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    const source = readFileSync(join(site, path), 'utf8');
    for (const [, name = ''] of source.matchAll(
      /(?:^|[;}\s])(?:import|from)\s*["']\.\/([^"']+\.js)["']/g,
    )) {
      visit(`_astro/${name}`);
    }
  };
  for (const entry of entries) visit(entry);
  return seen;
};

/** Prints the table's lines. Builds both sites anew. */
export const benchWeight = (): void => {
  const built = build(ROOT);
  // The longest lesson, whichever that is; the page of all of them is for those who print.
  const lessons = readdirSync(built).filter(
    (name) => name !== 'all' && existsSync(join(built, name, 'index.html')),
  );
  const [ours] = lessons
    .map((lesson) => weigh(built, lesson))
    .toSorted((left, right) => right.html - left.html);
  if (ours === undefined) throw new Error('the site has no lessons');
  const { site, remove } = buildBare();
  const bare = weigh(site, 'topics');
  remove();
  const line = (name: string, bytes: number, against: string, target: string): void =>
    console.log(`| ${name} | ${(bytes / 1000).toFixed(1)} kB | ${against} | – | ${target} |`);
  const kB = (bytes: number): string => `bare Starlight ${(bytes / 1000).toFixed(1)} kB`;
  line('first visit: HTML', ours.html, kB(bare.html), '≤ 12 kB');
  line('first visit: JavaScript beyond bare Starlight', ours.js - bare.js, kB(bare.js), '≤ 12 kB');
  line('first visit: CSS', ours.css, kB(bare.css), '≤ 17 kB');
  line('first visit: fonts', ours.fonts, kB(bare.fonts), '≤ 200 kB');
};
