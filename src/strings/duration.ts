/** How long something took, in Korean. */

/** Milliseconds as a reader says them: `0.4초`, `1분 5초`, `2시간 3분`. */
export const duration = (ms: number): string => {
  const seconds = Math.max(0.1, ms / 1000);
  if (seconds < 59.95) return `${seconds.toFixed(1)}초`;
  return wholeDuration(ms);
};

/** The same without fractions, for a clock that ticks: `3초`. */
export const wholeDuration = (ms: number): string => {
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds}초`;
  if (minutes < 60) return `${minutes}분 ${seconds % 60}초`;
  return `${Math.floor(minutes / 60)}시간 ${minutes % 60}분`;
};
