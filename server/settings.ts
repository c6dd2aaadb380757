/** What the environment and the place of this folder decide. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LabError } from './errors.ts';

/**
 * All state: jars, data, logs, token. Deleting it resets everything. `LAB_HOME`, or `.lab/` here. An
 * empty variable counts as unset, here as everywhere.
 */
export const HOME = resolve(
  process.env.LAB_HOME || fileURLToPath(new URL('../.lab', import.meta.url)),
);

/** The chapters. */
export const CONTENT = new URL('../content/', import.meta.url);

/**
 * The loopback port of the site: `PORT`, or 4321.
 *
 * @throws LabError for what is no port.
 */
export const readPort = (text: string | undefined): number => {
  const port = Number(text || 4321);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new LabError('usage', `PORT는 1에서 65535 사이의 숫자여야 합니다: ${text}`);
};
