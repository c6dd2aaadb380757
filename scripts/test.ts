/**
 * `npm test`: types, lint, unit, integration on real brokers, end-to-end in a real browser, in that
 * order. Each part runs even if one before it failed; the last line counts. `npm test -- unit e2e`
 * runs the parts named; `npm test -- docker` those that need a Docker engine and the images.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

interface Count {
  readonly passed: number;
  readonly failed: number;
  /** What failed and why, a text each: the reader of a long log sees its end first. */
  readonly reasons: readonly string[];
}

const Report = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

/**
 * Failures of a part after which the rest of it is not tried: where no cluster can start, every step
 * of the book would wait for its own deadline, for hours.
 */
const ENOUGH = 5;

/** Lines of a failure's message that are repeated at the end. */
const REASON_LINES = 30;

const root = fileURLToPath(new URL('../', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'lab-test-'));

const run = (
  script: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): boolean => {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', ...environment },
  });
  return status === 0;
};

/** A tool that passes or fails as a whole counts as one test. */
const check = (script: string, ...args: string[]): Count =>
  run(script, args)
    ? { passed: 1, failed: 0, reasons: [] }
    : { passed: 0, failed: 1, reasons: [script] };

const reason = (title: string, message: string): string =>
  [title, ...message.split('\n').slice(0, REASON_LINES)].join('\n    ');

const reasonsOf = (project: string, report: z.infer<typeof Report>): string[] =>
  report.testResults.flatMap(({ name, message, assertionResults }) => {
    const title = `${project}: ${relative(root, name)}`;
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    return [
      ...(message === '' ? [] : [reason(title, message)]),
      ...failed.map(({ fullName, failureMessages }) =>
        reason(`${title}: ${fullName}`, (failureMessages ?? []).join('\n')),
      ),
    ];
  });

const vitest = (
  project: string,
  environment: NodeJS.ProcessEnv = {},
  options: readonly string[] = [],
): Count => {
  const report = join(scratch, `${project}.json`);
  const good = run(
    'vitest/vitest.mjs',
    [
      'run',
      `--project=${project}`,
      `--bail=${ENOUGH}`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...options,
    ],
    environment,
  );
  try {
    const parsed = Report.parse(JSON.parse(readFileSync(report, 'utf8')));
    const reasons = reasonsOf(project, parsed);
    return {
      passed: parsed.numPassedTests,
      // A file that cannot be loaded, or an error outside any test, fails the run but no test.
      failed: Math.max(parsed.numFailedTests, good ? 0 : 1),
      reasons: good || reasons.length > 0 ? reasons : [`${project}: an error outside any test`],
    };
  } catch (error) {
    return { passed: 0, failed: 1, reasons: [reason(`${project}: no report`, String(error))] };
  }
};

const add = (left: Count, right: Count): Count => ({
  passed: left.passed + right.passed,
  failed: left.failed + right.failed,
  reasons: [...left.reasons, ...right.reasons],
});

/**
 * Readers' hours that containers may change most. Checkpoints, the book and what is asked in it run on the
 * local lab only: all of this has 90 minutes. `LAB=docker npx vitest run --project=e2e` runs them, too.
 */
const ON_CONTAINERS = [
  'walk',
  'examples',
  'first-run',
  'cluster',
  'checks',
  'crash',
  'reset',
  'workshop',
].map((name) => `tests/e2e/${name}.test.ts`);

const parts = {
  types: () => check('astro/bin/astro.mjs', 'check'),
  lint: () => check('@biomejs/biome/bin/biome', 'check', '--error-on-warnings'),
  unit: () => vitest('unit'),
  integration: () => vitest('integration'),
  e2e: () => add(vitest('pages'), vitest('e2e')),
  /** The contract suite against containers, then the same readers' hours on them. */
  docker: () => add(vitest('docker'), vitest('e2e', { LAB: 'docker' }, ON_CONTAINERS)),
} satisfies Record<string, () => Count>;
type Part = keyof typeof parts;

const isPart = (name: string): name is Part => name in parts;
const named = process.argv.slice(2);
const unknown = named.find((name) => !isPart(name));
if (unknown !== undefined) {
  throw new Error(`no such part: ${unknown}; there are ${Object.keys(parts).join(', ')}`);
}
const usual: readonly Part[] = ['types', 'lint', 'unit', 'integration', 'e2e'];
const wanted = named.length > 0 ? named.filter(isPart) : usual;

let total: Count = { passed: 0, failed: 0, reasons: [] };
for (const name of wanted) {
  const from = performance.now();
  console.log(`\n── ${name} ──`);
  const count = parts[name]();
  total = add(total, count);
  const seconds = ((performance.now() - from) / 1_000).toFixed(1);
  console.log(`${name}: ${count.passed} passed, ${count.failed} failed in ${seconds} s`);
}
rmSync(scratch, { recursive: true });
for (const text of total.reasons) {
  console.log(`\n✗ ${text}`);
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
