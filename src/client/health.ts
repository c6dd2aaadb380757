import type { Health } from '../../server/protocol.ts';
import { askServer } from './ask-server.ts';

declare global {
  interface DocumentEventMap {
    /** Which lab answers, and whether its cluster runs: told when connected and after each run. */
    'lab:health': CustomEvent<Health>;
  }
}

/** `denied`: the page may be read only. Without a sidecar, `src/pages/api/health.ts` answers. */
export const askHealth = () => askServer<Health>('api/health');

export const tellHealth = (health: Health): void => {
  document.dispatchEvent(new CustomEvent('lab:health', { detail: health }));
};
