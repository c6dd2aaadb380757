/**
 * What `npm run workshop` becomes once the site is built (`scripts/workshop.ts`): the only file of the
 * hub that acts when imported.
 */

import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { readToken } from '../access.ts';
import { LabError } from '../errors.ts';
import { announce, announceRenewed } from './announce.ts';
import { openCodes } from './codes.ts';
import { sayDeleted } from './deleted.ts';
import { exportRoom } from './export.ts';
import { chooseRoom, deleteRooms, deleteRoomsNamed, logFile, logNamed, takeHub } from './home.ts';
import { type HubOptions, startHub } from './hub.ts';
import { againWith, readTask, type Task, USAGE } from './options.ts';
import { sayAgain } from './refusals.ts';

const run = async (words: readonly string[]): Promise<void> => {
  const task = readTask(words);
  switch (task.task) {
    case 'help':
      return console.log(USAGE);
    case 'delete': {
      const { home, name } = task;
      const classes = name === undefined ? deleteRooms(home) : await deleteRoomsNamed(home, name);
      return console.log(
        classes === undefined ? `지울 기록이 없습니다: ${home}` : sayDeleted(classes),
      );
    }
    case 'export': {
      const { SITE } = await import('../site.ts');
      const { home, folder, name } = task;
      const file = task.file ?? (name === undefined ? logFile(home) : await logNamed(home, name));
      const done = await exportRoom(file, folder, join(SITE, 'titles.json'));
      return console.log(`수업 ‘${done.name}’의 결과를 저장했습니다.\n${done.files.join('\n')}`);
    }
    case 'serve':
      return serve(task, againWith(words));
  }
};

/** @param again the command that opens it once more. */
const serve = async (task: Extract<Task, { task: 'serve' }>, again: string): Promise<void> => {
  const { home, port, name, lan, hosts, lifetime } = task;
  const tls = await readTls(task.tls);
  const lock = takeHub(home);
  const { before, isBack } = await chooseRoom(home, task);
  if (before !== undefined)
    console.log(
      `이전 수업 ‘${before.name}’의 기록은 그대로 남아 있습니다. 그 수업을 이어서 하려면 Ctrl+C를 누르고 --name "${before.name}" 옵션을 붙여 여세요.`,
    );
  if (isBack) console.log(`전에 열었던 수업을 이어서 엽니다: ‘${name}’`);
  // What else is in there starts a program, which this process may not.
  const { SITE, sitePolicy } = await import('../site.ts');
  const hub = await startHub({
    port,
    presenterPort: port + 1,
    lan,
    hosts,
    tls,
    name,
    token: readToken(home),
    codes: openCodes(home, lifetime),
    home,
    site: SITE,
    policy: await sitePolicy(),
    again,
    handleRenewed: (join) => print(announceRenewed(join)),
  });
  print(announce(hub, { lan }));

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await hub.close();
    lock.release();
    console.log(`\n마쳤습니다. ${sayAgain(again)}`);
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
};

const print = (lines: readonly string[]): void => console.log(lines.join('\n'));

const readTls = async (
  files: Extract<Task, { task: 'serve' }>['tls'],
): Promise<HubOptions['tls']> => {
  if (files === undefined) return undefined;
  const read = (file: string): Promise<string> =>
    readFile(file, 'utf8').catch((cause: unknown) => {
      throw new LabError('usage', `${file} 파일을 읽을 수 없습니다.`, { cause });
    });
  const pair = { cert: await read(files.cert), key: await read(files.key) };
  try {
    // An empty file is none to OpenSSL's context, which then takes nobody.
    new X509Certificate(pair.cert);
    createPrivateKey(pair.key);
    createSecureContext(pair);
    return pair;
  } catch (cause) {
    throw new LabError(
      'usage',
      `${files.cert} 인증서와 ${files.key} 키로는 https를 열 수 없습니다. 암호가 걸리지 않은 PEM이고 서로 짝이 맞는지 확인해 주세요.`,
      { cause },
    );
  }
};

try {
  await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof LabError)) throw error;
  console.error(error.message);
  process.exit(1);
}
