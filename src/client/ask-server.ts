import { siteUrl } from './site-url.ts';

/** Milliseconds. */
const TIMEOUT = 5_000;

/**
 * What serves this page says of itself. A WebSocket that is refused does not say why, so this is asked first.
 * `denied`: it does not let this page ask. `absent`: no such server serves these pages, but a host that knows
 * nothing of it, or a server that answers `null`, as the site's own files do.
 */
export const askServer = async <T extends object>(
  path: string,
): Promise<T | 'denied' | 'absent' | 'unreachable'> => {
  try {
    const response = await fetch(siteUrl(path), {
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (response.status >= 500) return 'unreachable';
    if (!response.headers.get('Content-Type')?.startsWith('application/json')) return 'absent';
    if (!response.ok) return 'denied';
    return ((await response.json()) as T | null) ?? 'absent';
  } catch {
    return 'unreachable';
  }
};
