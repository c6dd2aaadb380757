/**
 * Whether a hub's word is what the contract says, as far as a page acts on it: the hub is whoever was
 * typed in, and on a network without TLS whoever answers for it.
 */
import type { RoomView } from '../../../server/workshop/protocol.ts';

const CHAPTER = /^[a-z][a-z0-9-]{0,60}$/;
const STEP = /^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/;

const isText = (value: unknown): value is string => typeof value === 'string';

const isStep = (value: unknown): boolean =>
  value === null || (isText(value) && value.length <= 120 && STEP.test(value));

const isOption = (value: unknown): boolean => {
  const option = value as { readonly value?: unknown; readonly label?: unknown } | null;
  return isText(option?.value) && isText(option.label);
};

const isOutcome = (found: unknown): boolean => {
  if (found === null) return true;
  const outcome = found as { readonly value?: unknown; readonly reason?: unknown } | undefined;
  return isText(outcome?.reason) && (outcome.value === null || isText(outcome.value));
};

export const isView = ({
  name,
  place,
  moves,
  announcement,
  timer,
  now,
  poll,
  presented,
  shown,
  elsewhere = null,
  ran = null,
}: RoomView): boolean =>
  isText(name) &&
  (place === null || (CHAPTER.test(place.chapter) && isStep(place.step))) &&
  Number.isInteger(moves) &&
  (announcement === null || (isText(announcement.text) && Number.isFinite(announcement.at))) &&
  (timer === null || (Number.isFinite(timer.until) && isText(timer.label))) &&
  Number.isFinite(now) &&
  typeof presented === 'boolean' &&
  (shown === undefined || typeof shown === 'boolean') &&
  isStep(elsewhere) &&
  isStep(ran) &&
  (poll === null ||
    (isText(poll.poll) &&
      isText(poll.question) &&
      Array.isArray(poll.options) &&
      poll.options.every(isOption) &&
      (poll.counts === null || typeof poll.counts === 'object') &&
      (poll.past === undefined || typeof poll.past === 'boolean') &&
      isOutcome(poll.outcome)));
