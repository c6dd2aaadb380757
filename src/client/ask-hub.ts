import { siteUrl } from './site-url.ts';

/** `GET /api/hub` of a hub; others answer nothing. */
export interface Hub {
  readonly name: string;
  readonly presenter: boolean;
}

/** That which serves this page. */
export const askHub = async (): Promise<Hub | undefined> => {
  try {
    const response = await fetch(siteUrl('api/hub'), { cache: 'no-store' });
    return response.ok ? (((await response.json()) as Hub | null) ?? undefined) : undefined;
  } catch {
    return undefined;
  }
};
