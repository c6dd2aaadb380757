import type { APIRoute } from 'astro';

/**
 * What a host that knows nothing of a lab answers in the sidecar's place. Without this file each
 * reader's console would show a missing one.
 */
export const GET: APIRoute = () => Response.json(null);
