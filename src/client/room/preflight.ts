/** Looks what this computer has for the lab, and tells the room. */
import type { Diagnosis } from '../../../server/protocol.ts';
import type { Report } from '../../../server/workshop/protocol.ts';
import { siteUrl } from '../site-url.ts';
import { withoutPaths } from './without-paths.ts';

type Findings = Extract<Report, { kind: 'preflight' }>['findings'];

/** What a report has room for. */
const [MOST, LONGEST] = [20, 300];

/** `undefined` where nobody answers that. */
export const examine = async (): Promise<Findings | undefined> => {
  try {
    const response = await fetch(siteUrl('api/doctor'), { cache: 'no-store' });
    if (!response.ok) return undefined;
    const diagnosis = (await response.json()) as Diagnosis | null;
    return diagnosis?.needed
      .slice(0, MOST)
      .map(({ kind, good, text }) => ({ kind, good, text: withoutPaths(text).slice(0, LONGEST) }));
  } catch {
    return undefined;
  }
};
