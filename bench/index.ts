/**
 * `npm run bench`: what is fast, against what, in one run. The table of bench/README.md.
 * `npm run bench -- docker` prints one part of it.
 */
import { cpus } from 'node:os';
import { benchCluster } from './cluster.ts';
import { benchDocker } from './docker.ts';
import { benchFailures } from './failures.ts';
import { benchLighthouse } from './lighthouse.ts';
import { benchLocal } from './local.ts';
import { benchTerminal } from './terminal.ts';
import { benchWeight } from './weight.ts';

const parts: Readonly<Record<string, () => void | Promise<void>>> = {
  weight: benchWeight,
  local: benchLocal,
  docker: benchDocker,
  failures: benchFailures,
  terminal: benchTerminal,
  cluster: benchCluster,
  lighthouse: benchLighthouse,
};

const named = process.argv.slice(2);
console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.versions.node}\n`);
console.log('| what | ours | against | ratio | target |\n| --- | --: | --: | --: | --- |');
for (const [name, bench] of Object.entries(parts)) {
  if (named.length === 0 || named.includes(name)) await bench();
}
