/** Whether what was not kept would be, were there room: what forbids it says something else. */
export const isStorageFull = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'QuotaExceededError';
