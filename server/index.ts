/** `npm start`: the only file of the server that acts when imported. */

import { readToken } from './access.ts';
import { LabError } from './errors.ts';
import { chooseLab } from './lab/choose.ts';
import { LessonError, readLessons } from './lessons/read.ts';
import { takePlace } from './place.ts';
import { CONTENT, HOME, readPort } from './settings.ts';
import { startSidecar } from './sidecar.ts';
import { buildSite, SITE, sitePolicy } from './site.ts';

/** Astro's dev server, whose pages talk to this sidecar through its proxy. */
const DEV_PORT = 4322;
const dev = process.argv.includes('--dev');

const start = async (): Promise<void> => {
  const port = readPort(process.env.PORT);
  const place = takePlace(HOME, port);
  const lessons = await readLessons(CONTENT);
  const { lab, reason } = await chooseLab('sidecar');
  console.log(reason);
  if (!dev) await buildSite(console.log);
  const sidecar = await startSidecar({
    port,
    token: readToken(HOME),
    lab,
    lessons,
    site: SITE,
    policy: dev ? "frame-ancestors 'none'" : await sitePolicy(),
    alsoPorts: dev ? [DEV_PORT] : [],
  });
  console.log(`Ready: ${sidecar.address}`);

  const stop = (): void => {
    console.log('\n마치는 중입니다… 실행 중인 단계와 이 창이 시작한 브로커를 멈춥니다.');
    void sidecar.close().then(() => {
      place.release();
      console.log('모두 멈췄습니다. 데이터는 남아 있습니다.');
      process.exit(0);
    });
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  process.once('SIGHUP', stop);
};

await start().catch((error: unknown) => {
  if (!(error instanceof LabError || error instanceof LessonError)) throw error;
  console.error(error.message);
  process.exit(1);
});
