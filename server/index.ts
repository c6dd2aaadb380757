/** `npm start`: the only file of the server that acts when imported. */

import { readToken } from './access.ts';
import { answered, DEV_PORT } from './dev-site.ts';
import { diagnose } from './doctor.ts';
import { LabError } from './errors.ts';
import { chooseLab, describeLab, watchMissing } from './lab/choose.ts';
import { stopped } from './lab/korean.ts';
import type { Container, Lab } from './lab/lab.ts';
import { readAllSteps } from './lessons/checkpoints.ts';
import { followLessons } from './lessons/follow.ts';
import { LessonError } from './lessons/read.ts';
import { takePlace } from './place.ts';
import { CONTENT, HOME, readPort } from './settings.ts';
import { startSidecar } from './sidecar.ts';
import { buildSite, SITE, sitePolicy } from './site.ts';

const dev = process.argv.includes('--dev');

const runningIn = async (lab: Lab): Promise<Container[]> => {
  const containers = await lab.containers();
  return containers
    .filter(({ state }) => state === 'running' || state === 'paused')
    .map(({ name }) => name);
};

const start = async (): Promise<void> => {
  const port = readPort(process.env.PORT);
  const place = takePlace(HOME);
  const lessons = await readAllSteps(CONTENT);
  if (dev) followLessons(CONTENT, lessons, console.log);
  const lab = await chooseLab('sidecar');
  const { text, missing } = await describeLab(lab);
  console.log(text);
  if (!dev) await buildSite(console.log);
  const sidecar = await startSidecar({
    port,
    token: readToken(HOME),
    home: HOME,
    lab,
    lessons,
    site: SITE,
    policy: dev ? "frame-ancestors 'none'" : await sitePolicy(),
    missing: watchMissing(lab, missing),
    diagnose: () => diagnose(lab),
    alsoPorts: dev ? [DEV_PORT] : [],
  });
  place.announce({ port, lab: lab.name });

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) {
      console.log('아직 마치는 중입니다. 실행 중인 단계와 브로커가 끝나기를 기다립니다.');
      return;
    }
    stopping = true;
    console.log('\n마치는 중입니다… 실행 중인 단계와 npm start로 시작한 브로커를 멈춥니다.');
    await sidecar.close();
    place.release();
    // An engine that is gone by now runs nothing.
    console.log(stopped(await runningIn(lab).catch(() => [])));
    process.exit(0);
  };
  // Each time, not once: left to its default, a second Ctrl+C would leave half a cluster behind.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      stop().catch((error: unknown) => {
        console.error(error instanceof LabError ? error.message : error);
        process.exit(1);
      });
    });
  }
  if (dev) await answered(DEV_PORT);
  console.log(`Ready: ${sidecar.address}`);
};

await start().catch((error: unknown) => {
  if (!(error instanceof LabError || error instanceof LessonError)) throw error;
  console.error(error.message);
  process.exit(1);
});
