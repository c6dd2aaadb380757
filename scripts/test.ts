/**
 * `npm test`: types, lint, unit, integration on real brokers, end-to-end in a real browser, in that
 * order. Each part runs even if one before it failed; the last line counts. `npm test -- unit e2e`
 * runs the parts named.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

interface Count {
  readonly passed: number;
  readonly failed: number;
}

const Report = z.object({ numPassedTests: z.int(), numFailedTests: z.int() });

const root = fileURLToPath(new URL('../', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'lab-test-'));

const run = (script: string, ...args: string[]): boolean => {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
  });
  return status === 0;
};

/** A tool that passes or fails as a whole counts as one test. */
const check = (script: string, ...args: string[]): Count =>
  run(script, ...args) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };

const vitest = (project: string): Count => {
  const report = join(scratch, `${project}.json`);
  const good = run(
    'vitest/vitest.mjs',
    'run',
    `--project=${project}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  );
  try {
    const { numPassedTests, numFailedTests } = Report.parse(
      JSON.parse(readFileSync(report, 'utf8')),
    );
    // A file that cannot be loaded, or an error outside any test, fails the run but no test.
    return { passed: numPassedTests, failed: Math.max(numFailedTests, good ? 0 : 1) };
  } catch {
    return { passed: 0, failed: 1 };
  }
};

const parts: Record<string, () => Count> = {
  types: () => check('astro/bin/astro.mjs', 'check'),
  lint: () => check('@biomejs/biome/bin/biome', 'check', '--error-on-warnings'),
  unit: () => vitest('unit'),
  integration: () => vitest('integration'),
  e2e: () => vitest('e2e'),
};

const wanted = process.argv.slice(2);
for (const name of wanted) {
  if (!(name in parts)) throw new Error(`no such part: ${name}; there are ${Object.keys(parts)}`);
}

let passed = 0;
let failed = 0;
for (const [name, part] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const from = performance.now();
  console.log(`\n── ${name} ──`);
  const count = part();
  passed += count.passed;
  failed += count.failed;
  const seconds = ((performance.now() - from) / 1_000).toFixed(1);
  console.log(`${name}: ${count.passed} passed, ${count.failed} failed in ${seconds} s`);
}
rmSync(scratch, { recursive: true });
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
