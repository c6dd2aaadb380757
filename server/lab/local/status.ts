/** Docker's words for a container's status (docker/go-units, `HumanDuration`). */

/** `Up 5 minutes`. */
export const runningWords = (startedAt: number, paused: boolean, now = Date.now()): string =>
  `Up ${duration(now - startedAt)}${paused ? ' (Paused)' : ''}`;

/** `Exited (143) 3 seconds ago`; nobody saw it end: `Exited (unknown)`. */
export const exitedWords = (
  exit: { readonly code: number; readonly at: number } | undefined,
  now = Date.now(),
): string =>
  exit === undefined ? 'Exited (unknown)' : `Exited (${exit.code}) ${duration(now - exit.at)} ago`;

export const duration = (milliseconds: number): string => {
  const seconds = Math.trunc(milliseconds / 1000);
  if (seconds < 1) return 'Less than a second';
  if (seconds === 1) return '1 second';
  if (seconds < 60) return `${seconds} seconds`;
  const minutes = Math.trunc(seconds / 60);
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.trunc(seconds / 3600 + 0.5);
  if (hours === 1) return 'About an hour';
  if (hours < 48) return `${hours} hours`;
  if (hours < 24 * 14) return `${Math.trunc(hours / 24)} days`;
  if (hours < 24 * 60) return `${Math.trunc(hours / 24 / 7)} weeks`;
  if (hours < 24 * 365 * 2) return `${Math.trunc(hours / 24 / 30)} months`;
  return `${Math.trunc(hours / 24 / 365)} years`;
};
