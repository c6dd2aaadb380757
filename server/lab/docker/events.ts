/** The engine's own word that a container has changed: sooner than any look at regular times. */
import { setTimeout } from 'node:timers/promises';
import { CONTAINERS } from '../lab.ts';
import type { Engine } from './engine.ts';

/** What changes how a container stands; the rest (an exec, a health check) is no news. */
const EVENTS = ['create', 'start', 'die', 'pause', 'unpause', 'destroy'];

/** Milliseconds until an engine that ended the stream, or is not there, is asked again. */
const AGAIN_MS = 1_000;

/** @returns how to stop. */
export const followEvents = (engine: () => Promise<Engine>, listener: () => void): (() => void) => {
  const life = new AbortController();
  const { signal } = life;
  const follow = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        const { docker } = await engine();
        const events = await docker.getEvents({
          filters: { type: ['container'], event: EVENTS, container: [...CONTAINERS] },
          abortSignal: signal,
        });
        // What has changed before is seen by a look.
        listener();
        for await (const _ of events) listener();
      } catch {
        // The looks say that the engine cannot be reached.
      }
      await setTimeout(AGAIN_MS, undefined, { ref: false, signal }).catch(() => {});
    }
  };
  void follow();
  return () => life.abort();
};
