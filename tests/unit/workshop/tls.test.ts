import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { ROOT } from '../../../server/lab/choose.ts';
import { waitFor } from '../../wait.ts';
import { makeFolder } from '../lab/folder.ts';
import { certificate } from '../server/certificate.ts';
import { CODE, start, TOKEN } from './hub-under-test.ts';

/** As a browser that trusts this certificate, and no other. */
const get = (port: number, path: string, cookie = '') =>
  new Promise<{ status: number; text: string; cookie: string }>((resolve, reject) => {
    const headers = { cookie };
    request({ host: '127.0.0.1', port, path, headers, ca: certificate.cert }, (response) => {
      let text = '';
      response.on('data', (part: Buffer) => {
        text += part;
      });
      response.on('end', () => {
        const set = String(response.headers['set-cookie'] ?? '');
        resolve({ status: response.statusCode ?? 0, text, cookie: set });
      });
    })
      .on('error', reject)
      .end();
  });

/** The first thing that a socket is told, after it has said this. */
const firstWord = async (port: number, cookie: string, says?: object) => {
  const origin = `https://127.0.0.1:${port}`;
  const socket = new WebSocket(`wss://127.0.0.1:${port}/api/room`, {
    ca: certificate.cert,
    headers: { origin, cookie },
  });
  onTestFinished(() => socket.terminate());
  const told: { readonly type: string }[] = [];
  socket.on('message', (data) => told.push(JSON.parse(String(data))));
  if (says !== undefined) socket.on('open', () => socket.send(JSON.stringify(says)));
  return waitFor('an answer', () => told[0]);
};

it('with a certificate, people join by wss, and presenters open their page by https', async () => {
  const { hub, port } = await start({ tls: certificate });
  expect(hub.join.addresses).toEqual([`https://127.0.0.1:${port}`]);
  const joining = { type: 'room.join', code: CODE, nickname: '가람', lab: 'none' };
  const opening = await get(port, `/?token=${TOKEN}`);
  expect(opening.status).toBe(303);
  // Never where it could be read.
  expect(opening.cookie).toMatch(/; Secure/);
  const cookie = opening.cookie.split(';')[0] ?? '';
  expect(await get(port, '/', cookie)).toMatchObject({ status: 200, text: '<p>교재</p>' });
  const who = JSON.parse((await get(port, '/api/hub', cookie)).text);
  expect(who).toEqual({ name: '수업', presenter: true });
  expect(await firstWord(port, cookie)).toMatchObject({
    type: 'room.snapshot',
    join: { addresses: [`https://127.0.0.1:${port}`] },
  });
  expect(await firstWord(port, '', joining)).toMatchObject({ type: 'room.joined' });
});

const makeFiles = (cert: string, key: string): [cert: string, key: string] => {
  const folder = makeFolder();
  const files: [string, string] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  writeFileSync(files[0], cert);
  writeFileSync(files[1], key);
  return files;
};

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const otherKey = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
const locked = String(
  privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }),
);

it.each<[what: string, files: () => [cert: string, key: string], says: string]>([
  ['are not there', () => ['/nowhere/cert.pem', '/nowhere/key.pem'], '읽을 수 없습니다.'],
  ['are folders', () => [makeFolder(), makeFolder()], '읽을 수 없습니다.'],
  ['are no PEM', () => makeFiles('cert', 'key'), 'https를 열 수 없습니다.'],
  ['are empty', () => makeFiles('', ''), 'https를 열 수 없습니다.'],
  ['have no certificate', () => makeFiles('', certificate.key), 'https를 열 수 없습니다.'],
  ['are no pair', () => makeFiles(certificate.cert, otherKey), 'https를 열 수 없습니다.'],
  ['are locked', () => makeFiles(certificate.cert, locked), 'https를 열 수 없습니다.'],
])('files that %s are told of in one line, and there is no hub', async (_, files, says) => {
  const [cert, key] = files();
  const words = ['--tls-cert', cert, '--tls-key', key, '--home', makeFolder()];
  const program = join(ROOT, 'server/workshop/index.ts');
  const { code, stdout, stderr } = await new Promise<{
    code: unknown;
    stdout: string;
    stderr: string;
  }>((resolve) =>
    execFile(process.execPath, [program, ...words], (error, stdout, stderr) =>
      resolve({ code: error?.code, stdout, stderr }),
    ),
  );
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain(says);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});
