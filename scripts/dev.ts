/** `npm run dev`: Astro's dev server, which reloads as one writes, in front of the sidecar. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

const start = (...args: string[]): ChildProcess =>
  spawn(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
  });

const children = [
  start('node_modules/astro/bin/astro.mjs', 'dev'),
  start('server/index.ts', '--dev'),
];

// Ctrl+C reaches the children by itself; this process only waits for their orderly end.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {
  for (const child of children) child.kill('SIGTERM');
});
for (const child of children) {
  child.on('exit', (code) => {
    process.exitCode ??= code ?? 1;
    for (const other of children) if (other !== child) other.kill('SIGINT');
  });
}
