import type { Health } from '../../server/protocol.ts';
import { siteUrl } from './site-url.ts';

declare global {
  interface DocumentEventMap {
    /** Which lab answers, and whether its cluster runs: told when connected and after each run. */
    'lab:health': CustomEvent<Health>;
  }
}

/** Milliseconds. */
const TIMEOUT = 5_000;

/**
 * `denied`: the page may be read only. A WebSocket that is refused does not say why, so this is
 * asked first. `absent`: no sidecar serves these pages, but a host that knows nothing of it.
 */
export const askHealth = async (): Promise<Health | 'denied' | 'absent' | 'unreachable'> => {
  try {
    const response = await fetch(siteUrl('api/health'), {
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (response.status >= 500) return 'unreachable';
    if (!response.headers.get('Content-Type')?.startsWith('application/json')) return 'absent';
    if (!response.ok) return 'denied';
    // `src/pages/api/health.ts`, where its type is known.
    return ((await response.json()) as Health | null) ?? 'absent';
  } catch {
    return 'unreachable';
  }
};

export const tellHealth = (health: Health): void => {
  document.dispatchEvent(new CustomEvent('lab:health', { detail: health }));
};
