import type { Health } from '../../server/protocol.ts';

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
 * asked first. Whatever else serves these pages (a static host) knows no lab: that is `denied` too.
 */
export const askHealth = async (): Promise<Health | 'denied' | 'unreachable'> => {
  try {
    const response = await fetch('/api/health', {
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (response.status >= 500) return 'unreachable';
    if (!response.ok) return 'denied';
    return (await response.json()) as Health;
  } catch {
    return 'unreachable';
  }
};

export const tellHealth = (health: Health): void => {
  document.dispatchEvent(new CustomEvent('lab:health', { detail: health }));
};
