/**
 * Makes one command enough on a fresh clone: installs what is missing before a script runs. Plain
 * JavaScript, because the system's own Node runs it before Node 24 is there.
 *
 *   node scripts/install.mjs        what the lab needs
 *   node scripts/install.mjs --dev  and what tests, lint and build tools need
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const packagesIn = (file) => {
  const url = new URL(file, root);
  return existsSync(url) ? JSON.parse(readFileSync(url, 'utf8')).packages : {};
};

const has = (name) => existsSync(new URL(`node_modules/${name}/package.json`, root));
// Whoever has the test tools (vitest comes with nothing else) keeps them: npm ci would remove what
// this script alone does not need.
const dev = process.argv.includes('--dev') || has('vitest');
const installed = packagesIn('node_modules/.package-lock.json');
// By what is there, not by when it came: npm ci begins by removing all, and may have no network to go on.
const whole = Object.entries(packagesIn('package-lock.json')).every(
  ([path, { version, optional, devOptional, dev: isDev }]) =>
    path === '' ||
    optional ||
    devOptional ||
    (isDev && !dev) ||
    (installed[path]?.version === version && existsSync(new URL(`${path}/package.json`, root))),
);

if (!whole) {
  console.error('필요한 npm 패키지를 설치합니다… (처음 한 번, 1분쯤 걸립니다)');
  // Astro asks for Node 22 and gets Node 24 from node_modules: npm's warnings would only confuse.
  const { status, error } = spawnSync(
    'npm',
    [
      'ci',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      '--fetch-retries=1',
      ...(dev ? [] : ['--omit=dev']),
    ],
    { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' },
  );
  if (error !== undefined || status !== 0) {
    console.error(
      '\n패키지를 설치하지 못했습니다. 인터넷 연결(회사망이라면 npm 프록시 설정)을 확인하고 같은 명령을 다시 실행해 주세요.',
    );
    process.exit(1);
  }
}
