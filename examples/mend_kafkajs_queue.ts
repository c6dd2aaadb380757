/**
 * Imported before kafkajs is used. kafkajs 2.2.4, the last release, looks at an empty queue of
 * requests every millisecond for as long as it is connected (its issue #1556): a computer that never
 * rests, and a warning about a negative timeout under every lesson. A queue that is empty and not
 * throttled needs no look; `push` schedules the next one.
 */
import { createRequire } from 'node:module';

interface RequestQueue {
  readonly pending: readonly unknown[];
  /** Milliseconds since 1970; -1 when not throttled. */
  readonly throttledUntil: number;
  scheduleCheckPendingRequests(): void;
}

const require = createRequire(import.meta.url);
const { prototype }: { prototype: RequestQueue } = require('kafkajs/src/network/requestQueue');
const schedule = prototype.scheduleCheckPendingRequests;

prototype.scheduleCheckPendingRequests = function (this: RequestQueue): void {
  if (this.pending.length > 0 || this.throttledUntil > Date.now()) schedule.call(this);
};
