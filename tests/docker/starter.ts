/** A sidecar of another process: `node starter.ts ROOT HOME` brings the lab up. */
import { createDockerLab } from '../../server/lab/docker.ts';

const [, , root = '', home = ''] = process.argv;
const lab = createDockerLab({ root, home, env: process.env, owner: 'sidecar' });
await lab.up({ stdout: () => {}, stderr: () => {}, size: undefined }).exited;
