/**
 * A hub as a process of its own: `node tests/workshop-hub.ts HOME PORT [SITE]`; without a site, on one of one page
 * and one step. It is ready when it says so. For tests that kill it, and the bench that measures it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readToken } from '../server/access.ts';
import { openCodes } from '../server/workshop/codes.ts';
import { startHub } from '../server/workshop/hub.ts';

const makeSite = (): string => {
  const site = join(home, 'site');
  mkdirSync(site, { recursive: true });
  writeFileSync(join(site, 'index.html'), '<p>교재</p>');
  writeFileSync(join(site, 'titles.json'), '{"topics/list":"토픽 › 목록"}');
  return site;
};

const [home = '', port = '', site = makeSite()] = process.argv.slice(2);
const codes = openCodes(home);
const token = readToken(home);
await startHub({
  port: Number(port),
  presenterPort: Number(port) + 1,
  lan: false,
  name: '수업',
  token,
  codes,
  home,
  site,
  again: 'npm run workshop',
  policy: "default-src 'self'",
});
console.log(JSON.stringify({ code: codes.current.code, token }));
