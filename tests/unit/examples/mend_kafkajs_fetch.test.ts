import '../../../examples/mend_kafkajs_fetch.ts';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';

const { prototype } = createRequire(import.meta.url)('kafkajs/src/consumer/runner');

it('a fetch of a consumer that has been stopped ends its loop', async () => {
  const stopped = { running: false, logger: { debug: () => {} }, consumerGroup: {} };
  await expect(prototype.fetch.call(stopped, '1')).rejects.toThrow('stopped');
});
