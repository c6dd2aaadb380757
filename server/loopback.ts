/** Names under which a machine's own browsers, and no others, reach it. */
export const LOOPBACK: readonly (string | undefined)[] = ['127.0.0.1', 'localhost'];

export const isLoopbackName = (name: string | undefined): boolean => LOOPBACK.includes(name);

/** Of an address of participants: a phone that opens it would look for the hub on itself. */
export const isOnlyHere = (address: string): boolean =>
  isLoopbackName(URL.parse(address)?.hostname);
