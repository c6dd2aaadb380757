import { siteUrl } from './site-url.ts';

/** `GET /api/hub` of a hub; a sidecar answers `null`. */
export interface Hub {
  readonly name: string;
  readonly presenter: boolean;
}

/** Milliseconds. */
const TIMEOUT = 5_000;

/**
 * That which serves this page. A WebSocket that is refused does not say why, so this is asked first. `denied`:
 * it does not let this page ask. `absent`: no hub serves these pages.
 */
export const askHub = async (): Promise<Hub | 'denied' | 'absent' | 'unreachable'> => {
  try {
    const response = await fetch(siteUrl('api/hub'), {
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (response.status >= 500) return 'unreachable';
    if (!response.headers.get('Content-Type')?.startsWith('application/json')) return 'absent';
    if (!response.ok) return 'denied';
    return ((await response.json()) as Hub | null) ?? 'absent';
  } catch {
    return 'unreachable';
  }
};
