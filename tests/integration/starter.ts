/** Another window: `node starter.ts HOME PORTS OWNER` brings the lab up, and goes on running. */

import type { Owner } from '../../server/lab/lab.ts';
import type { Ports } from '../../server/lab/local/site.ts';
import { createLocalLab } from '../../server/lab/local.ts';

const [, , home = '', ports = '', owner = ''] = process.argv;
const lab = createLocalLab({ home, ports: JSON.parse(ports) as Ports, owner: owner as Owner });
const print = (bytes: Uint8Array): void => void process.stdout.write(bytes);
const code = await lab.up({ stdout: print, stderr: print, size: undefined }).exited;
console.log(`up: ${code}`);
setInterval(() => {}, 60_000);
