import type { APIRoute } from 'astro';

/** What a host that leads no room answers in a hub's place, as `health.ts` does in the sidecar's. */
export const GET: APIRoute = () => Response.json(null);
