/**
 * The view of the cluster, in a real browser, against a poller that asks the brokers themselves every
 * few milliseconds: how much later a change is on the screen than in Kafka's own metadata.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { partitionsOf } from '../server/kafka/metadata.ts';
import type { Broker, Lab } from '../server/lab/lab.ts';
import { readRecord } from '../server/lab/local/record.ts';
import { readLessons } from '../server/lessons/read.ts';
import { CONTENT } from '../server/settings.ts';
import { startSidecar } from '../server/sidecar.ts';
import { SITE, sitePolicy } from '../server/site.ts';
import { launchBrowser } from '../tests/e2e/browser.ts';
import { freePort } from '../tests/free-port.ts';
import { alive } from '../tests/integration/capture.ts';
import { type LocalHome, makeLocalHome } from '../tests/integration/local-home.ts';
import { waitFor } from '../tests/wait.ts';
import { SILENT, succeed } from './measure.ts';

const TOPIC = 'watched';
/** Each stop and start is four changes of leader and ISR. */
const ROUNDS = 8;
/** Milliseconds between two questions of the poller. */
const POLL = 5;

/** When something first was so, by the machine's one clock. */
type Seen = Map<string, number>;

export const benchCluster = async (): Promise<void> => {
  const home = await makeLocalHome();
  const lab = home.lab();
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const sidecar = await startSidecar({
    port: await freePort(),
    token: 'b'.repeat(40),
    home: folder,
    lab,
    lessons: await readLessons(CONTENT),
    site: SITE,
    policy: await sitePolicy(),
  });
  const browser = await launchBrowser();
  try {
    await succeed(lab.up(SILENT).exited);
    await create(lab, home, TOPIC, '3:1:2,1:2:3');
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(sidecar.address);
    await page.goto(new URL('/failures/', sidecar.address).href);
    await page.getByText('표로 보기').click();
    await waitFor('the view', () => page.locator(`[data-partition="${TOPIC}-1"]`).count());
    await noteChanges(page);
    const { deaths, changes } = await measure(lab, home, page);
    report('a process’s death → the screen', deaths, 300);
    report('a leader or ISR in Kafka’s metadata → the screen', changes, 1_000);
    await cost(page);
    await create(lab, home, 'wide', Array(200).fill('1:2:3').join(','));
    await waitFor('200 partitions', () => page.locator('[data-partition="wide-199"]').count());
    await page.getByText('표로 보기').click();
    await noteNoMore(page);
    await frames(lab, browser, page);
  } finally {
    await browser.close();
    await sidecar.close();
    await succeed(lab.down({ volumes: true }, SILENT).exited);
    await home.dispose();
    rmSync(folder, { recursive: true });
  }
};

const create = (lab: Lab, home: LocalHome, topic: string, assignment: string): Promise<void> =>
  succeed(
    lab.exec(
      'kafka1',
      {
        tool: 'kafka-topics',
        args: [
          '--bootstrap-server',
          `kafka1:${home.ports.brokers.kafka1.internal}`,
          ...['--create', '--topic', topic, '--replica-assignment', assignment],
        ],
        interactive: false,
        tty: false,
      },
      SILENT,
    ).exited,
  );

const keyOf = (partition: number, leader: number | string, isr: string): string =>
  `${partition} ${leader} ${isr}`;

/** In the page: each state of the topic's partitions and each broker's, and when it was drawn. */
const noteChanges = (page: Page): Promise<void> =>
  page.evaluate((topic) => {
    const seen: Record<string, number> = {};
    Object.assign(window, { seen });
    const look = (): void => {
      for (const row of document.querySelectorAll<HTMLElement>('[data-partition]')) {
        const { partition = '', leader, isr = '' } = row.dataset;
        if (!partition.startsWith(`${topic}-`)) continue;
        const sorted = isr.split(',').toSorted().join(',');
        seen[`${partition.slice(topic.length + 1)} ${leader} ${sorted}`] ??= Date.now();
      }
      for (const box of document.querySelectorAll<HTMLElement>('.broker')) {
        // One that has left the cluster, and whose process still lives, has not died yet.
        const alive = 'alive' in box.dataset ? ' and alive' : '';
        seen[`${box.dataset.broker} ${box.dataset.state}${alive}`] ??= Date.now();
      }
    };
    const observer = new MutationObserver(look);
    Object.assign(window, { observer });
    const view = document.querySelector('cluster-view');
    if (view !== null) observer.observe(view, { subtree: true, childList: true, attributes: true });
    look();
  }, TOPIC);

/** What notes the changes looks at each row: where the page's own work is measured, it would be, too. */
const noteNoMore = (page: Page): Promise<void> =>
  page.evaluate(() => (window as unknown as { observer: MutationObserver }).observer.disconnect());

const onScreen = async (page: Page): Promise<Seen> =>
  new Map(
    Object.entries(
      await page.evaluate(() => {
        const { seen } = window as unknown as { seen: Record<string, number> };
        const copy = { ...seen };
        for (const key of Object.keys(seen)) delete seen[key];
        return copy;
      }),
    ),
  );

const measure = async (
  lab: Lab,
  home: LocalHome,
  page: Page,
): Promise<{ deaths: number[]; changes: number[] }> => {
  const [deaths, changes]: [number[], number[]] = [[], []];
  const broker: Broker = 'kafka3';
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const verb of ['stop', 'start'] as const) {
      const whole = verb === 'stop' ? '1,2' : '1,2,3';
      await onScreen(page);
      const known: Seen = new Map();
      const before = await states(home);
      const life = new AbortController();
      const polling = poll(home, known, life.signal);
      const pid = readRecord(home.site, broker)?.pid ?? 0;
      const died = verb === 'stop' ? deathOf(pid) : undefined;
      await succeed(lab.control(verb, [broker], SILENT).exited);
      await waitFor(
        `ISR ${whole}`,
        () => [...known.keys()].filter((key) => key.endsWith(` ${whole}`)).length === 2,
        60_000,
      );
      // The page is given as long as it is allowed, and more.
      await setTimeout(3_000);
      life.abort();
      await polling;
      const screen = await onScreen(page);
      for (const [key, at] of known) {
        if (before.has(key)) continue;
        const drawn = screen.get(key);
        // A state that was over before the next look is nobody's loss: counted as late, all the same.
        changes.push(drawn === undefined ? Number.POSITIVE_INFINITY : drawn - at);
      }
      if (died !== undefined)
        deaths.push((screen.get(`${broker} down`) ?? Number.POSITIVE_INFINITY) - (await died));
    }
  }
  return { deaths, changes };
};

const states = async (home: LocalHome): Promise<ReadonlySet<string>> => {
  const port = home.ports.brokers.kafka1.external;
  const partitions = await partitionsOf(port, TOPIC, { timeout: 1_000 });
  return new Set(
    partitions.map(({ partition, leader = 'none', isr }) =>
      keyOf(partition, leader, isr.toSorted().join(',')),
    ),
  );
};

const poll = async (home: LocalHome, known: Seen, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    for (const key of await states(home)) if (!known.has(key)) known.set(key, Date.now());
    await setTimeout(POLL);
  }
};

const deathOf = async (pid: number): Promise<number> => {
  while (alive(pid)) await setTimeout(POLL);
  return Date.now();
};

const report = (what: string, values: readonly number[], limit: number): void => {
  const sorted = values.toSorted((left, right) => left - right);
  const at = (share: number): string =>
    `${sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.toFixed(0)} ms`;
  console.log(
    `| ${what}, p95 of ${values.length} | ${at(0.95)} | median ${at(0.5)} | – | ≤ ${limit} ms |`,
  );
};

/** Of one core, on a cluster where nothing happens: the sidecar runs in this process. */
const cost = async (page: Page): Promise<void> => {
  const share = async (): Promise<number> => {
    const [from, used] = [performance.now(), process.cpuUsage()];
    await setTimeout(20_000);
    const { user, system } = process.cpuUsage(used);
    return (user + system) / 10 / (performance.now() - from);
  };
  // Until it is quiet, and asks less often.
  await setTimeout(35_000);
  const watching = await share();
  await page.locator('cluster-view > details > summary').click();
  const closed = await share();
  await page.locator('cluster-view > details > summary').click();
  console.log(
    `| watching an idle cluster, of a core | ${watching.toFixed(2)} % | closed ${closed.toFixed(2)} % | – | < 3 % |`,
  );
};

/** Of Chromium's trace: what ran on a thread, and for how long, by the clock and on a core. */
const Trace = z.object({
  traceEvents: z.array(
    z.object({
      name: z.string(),
      pid: z.number(),
      tid: z.number(),
      /** Microseconds. */
      dur: z.number().default(0),
      tdur: z.number().default(0),
      args: z.object({ name: z.string().optional() }).default({}),
    }),
  ),
});

/**
 * The longest task of the page's main thread while 200 partitions change, and change back: on a core,
 * and by the clock, while the brokers want both cores for the same change.
 */
const frames = async (lab: Lab, browser: Browser, page: Page): Promise<void> => {
  await browser.startTracing(page, { categories: ['toplevel'] });
  for (let round = 0; round < 3; round += 1) {
    for (const verb of ['stop', 'start'] as const) {
      await succeed(lab.control(verb, ['kafka1'], SILENT).exited);
      await setTimeout(5_000);
    }
  }
  const { traceEvents } = Trace.parse(JSON.parse((await browser.stopTracing()).toString()));
  const idOf = ({ pid, tid }: { pid: number; tid: number }): string => `${pid} ${tid}`;
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(idOf),
  );
  const tasks = traceEvents.filter(
    (each) => each.name.endsWith('RunTask') && mains.has(idOf(each)),
  );
  const longest = (times: readonly number[]): string =>
    `${(times.reduce((most, each) => Math.max(most, each), 0) / 1_000).toFixed(0)} ms`;
  console.log(
    `| 200 partitions that change, the page's longest task (${longest(tasks.map(({ dur }) => dur))} by the clock) | ${longest(tasks.map(({ tdur }) => tdur))} | – | – | < 16 ms |`,
  );
};
