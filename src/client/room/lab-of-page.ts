import type { LabName } from '../../../server/workshop/protocol.ts';
import { room as strings } from '../../strings/room.ts';
import { askHealth } from '../health.ts';

/**
 * Which lab this page has.
 *
 * @param hub empty where the hub itself serves this page.
 * @throws where nothing can be passed on to the hub now: what to do, where the reader can do something.
 */
export const labOfPage = async (hub: string): Promise<LabName> => {
  const health = await askHealth();
  if (health === 'denied') throw new Error(strings.denied);
  if (health === 'unreachable') throw new Error(hub === '' ? '' : strings.noSidecar);
  return health === 'absent' || health.missing !== null ? 'none' : health.lab;
};
