import type { LabName } from '../../../server/workshop/protocol.ts';
import { room as strings } from '../../strings/room.ts';
import { askHealth } from '../health.ts';

/** Which lab this page has. @throws where its sidecar cannot pass anything on now: what to do. */
export const labOfPage = async (): Promise<LabName> => {
  const health = await askHealth();
  if (health === 'denied') throw new Error(strings.denied);
  if (health === 'unreachable') throw new Error(strings.noSidecar);
  return health === 'absent' || health.missing !== null ? 'none' : health.lab;
};
