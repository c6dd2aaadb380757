import { defineConfig } from 'vitest/config';

/** In a browser, and without a cluster: beside each other. */
const PAGES = [
  'past-runs',
  'reading',
  'recordings',
  'workshop-class',
  'workshop-class-grid',
  'workshop-class-help',
  'workshop-class-look',
  'workshop-class-matrix',
  'workshop-class-people',
  'workshop-cluster',
  'workshop-joining',
  'workshop-killed',
  'workshop-lab',
  'workshop-longest',
  'workshop-look',
  'workshop-participant',
  'workshop-permissions',
  'workshop-presenting',
  'workshop-projector',
  'workshop-summary',
  'workshop-wall',
].map((name) => `tests/e2e/${name}.test.ts`);

export default defineConfig({
  test: {
    // Unit tests wait more than they compute, for the deadlines of sockets: 90 s with one at a time,
    // 40 s with three.
    maxWorkers: 3,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          // What they wait for has deadlines of its own; on a busy machine the rest takes its time.
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          // Real brokers, each file's on ports of its own. They wait more than they compute, for sessions.
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'docker',
          include: ['tests/docker/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'pages',
          include: PAGES,
          maxWorkers: 2,
          testTimeout: 240_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          exclude: PAGES,
          // One cluster at a time, on the guide's ports.
          fileParallelism: false,
          // Longer than any one wait, so that it is the wait that says what did not come.
          testTimeout: 240_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
