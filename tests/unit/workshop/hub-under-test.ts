/** A hub on ports and in folders of its own, with a site of a few pages. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createCodes, makeCode } from '../../../server/workshop/codes.ts';
import { type HubOptions, startHub } from '../../../server/workshop/hub.ts';
import { freePort } from '../../free-port.ts';
import { makeFolder } from '../lab/folder.ts';

export const TOKEN = 'presenters-token-of-this-test-0123456789abc';
export const CODE = 'ABCDEFGH';

const makeSite = (): string => {
  const site = makeFolder();
  writeFileSync(join(site, 'index.html'), '<p>교재</p>');
  writeFileSync(join(site, '404.html'), '<p>없음</p>');
  writeFileSync(join(site, 'titles.json'), '{"topics/list":"목록"}');
  for (const [page, text] of [
    ['', '참가'],
    ['class', '강사'],
    ['projector', '강사'],
  ] as const) {
    mkdirSync(join(site, 'workshop', page), { recursive: true });
    writeFileSync(join(site, 'workshop', page, 'index.html'), `<p>${text}</p>`);
  }
  return site;
};

/** It is closed with its test. */
export const start = async (options: Partial<HubOptions> = {}) => {
  const [port, presenterPort, site] = [await freePort(), await freePort(), makeSite()];
  const hub = await startHub({
    port,
    presenterPort,
    lan: false,
    name: '수업',
    token: TOKEN,
    codes: createCodes({ code: { ...makeCode(60_000), code: CODE }, next: makeCode }),
    home: makeFolder(),
    site,
    policy: "default-src 'self'",
    again: 'npm run workshop -- --lan',
    ...options,
  });
  onTestFinished(hub.close);
  return { hub, port, presenterPort, site };
};
