/**
 * Looks what this computer has for the lab, and tells the room; what was bad is looked at again, and all of
 * it where a run has failed.
 */
import type { Diagnosis } from '../../../server/protocol.ts';
import type { Report } from '../../../server/workshop/protocol.ts';
import { siteUrl } from '../site-url.ts';
import { withoutPaths } from './without-paths.ts';

export type Findings = Extract<Report, { kind: 'preflight' }>['findings'];

/** What a report has room for. */
const [MOST, LONGEST] = [20, 300];

/** Milliseconds between two looks that nobody has asked for. */
const REST = 10_000;

/** What it is called helps an instructor; its number is of use on this computer alone. */
const withoutPids = (text: string): string => text.replace(/ ?\(pid \d+\)/g, '');

/** `undefined` where nobody answers that. */
const examine = async (): Promise<Findings | undefined> => {
  try {
    const response = await fetch(siteUrl('api/doctor'), { cache: 'no-store' });
    if (!response.ok) return undefined;
    const diagnosis = (await response.json()) as Diagnosis | null;
    return diagnosis?.needed.slice(0, MOST).map(({ kind, good, text }) => ({
      kind,
      good,
      text: withoutPids(withoutPaths(text)).slice(0, LONGEST),
    }));
  } catch {
    return undefined;
  }
};

export interface Preflight {
  /** Looks now, and tells. @returns what was found. */
  look(): Promise<Findings | undefined>;
  /** Something may be otherwise: of what was bad, or never looked at, what has changed is told. */
  handleNews(): void;
  /** A run has failed: also what was good may lack something by now. */
  handleFailure(): void;
  end(): void;
}

export interface PreflightOptions {
  /** What was told last, by any page. */
  readonly last: () => Findings | undefined;
  readonly report: (findings: Findings) => void;
}

export const createPreflight = ({ last, report }: PreflightOptions): Preflight => {
  let lookedAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const look = async (wants: (found: Findings) => boolean): Promise<Findings | undefined> => {
    clearTimeout(timer);
    timer = undefined;
    lookedAt = Date.now();
    const findings = await examine();
    if (findings !== undefined && !isOver && wants(findings)) report(findings);
    return findings;
  };
  const isNews = (found: Findings): boolean => gist(found) !== gist(last() ?? []);
  const lookSoon = (): void => {
    if (isOver || timer !== undefined) return;
    timer = setTimeout(() => void look(isNews), Math.max(0, lookedAt + REST - Date.now()));
  };
  return {
    look: () => look(() => true),
    handleNews: () => {
      if (last()?.every(({ good }) => good) !== true) lookSoon();
    },
    handleFailure: lookSoon,
    end: () => {
      isOver = true;
      clearTimeout(timer);
    },
  };
};

/** How much memory is free, and such, changes all the time: of what is good, that it is. */
const gist = (findings: Findings): string =>
  JSON.stringify(findings.map(({ kind, good, text }) => [kind, good || text]));
