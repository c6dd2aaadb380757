/**
 * Imported before kafkajs is used. A consumer of kafkajs 2.2.4, the last release, that is stopped in
 * the moment when a broker disappears begins to fetch anew after all, and its fetches then give
 * nothing, at once and for ever: the program hangs at 100 % of a core and hears no signal. A fetch
 * after the stop fails instead, which ends its loop.
 */
import { createRequire } from 'node:module';

interface Runner {
  readonly running: boolean;
  fetch(nodeId: string): Promise<unknown>;
}

const require = createRequire(import.meta.url);
const { prototype }: { prototype: Runner } = require('kafkajs/src/consumer/runner');
const { fetch } = prototype;

prototype.fetch = function (this: Runner, nodeId): Promise<unknown> {
  return this.running
    ? fetch.call(this, nodeId)
    : Promise.reject(new Error('the consumer is stopped'));
};
