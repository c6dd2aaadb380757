/** `docker-compose ps`, in compose's own words. */
import { complain, HOW_TO_START } from '../korean.ts';
import type { Stdio } from '../lab.ts';
import { compose, composeOf } from './compose.ts';
import { census } from './containers.ts';
import type { Site } from './site.ts';

export const ps = async (site: Site, stdio: Stdio, abort: AbortSignal): Promise<number> => {
  // Before compose, whose own complaint about an engine that is off is a page of Python.
  const { ours } = await census(site);
  const { args } = await composeOf(site);
  // v2 hides what has stopped, which v1 shows, and which a lesson about failures must show.
  const all = args.length > 0 ? ['--all'] : [];
  const code = await compose(site, ['ps', ...all], stdio, abort);
  if (ours.size === 0) {
    complain(stdio, `컨테이너가 없습니다. ${HOW_TO_START}`);
  }
  return code;
};
