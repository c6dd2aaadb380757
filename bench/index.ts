/** `npm run bench`: what is fast, against what, in one run. The table of bench/README.md. */
import { cpus } from 'node:os';
import { benchCluster } from './cluster.ts';
import { benchWeight } from './weight.ts';

console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.versions.node}\n`);
console.log('| what | ours | against | ratio | target |\n| --- | --: | --: | --: | --- |');
benchWeight();
await benchCluster();
