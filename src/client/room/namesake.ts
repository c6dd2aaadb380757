/**
 * Whether the class that is led instead is called as one's own is, which may be deleted: nobody says so.
 * @param said by the hub.
 */
export const isNamesake = (said: string, own: string): boolean => said.includes(`‘${own}’`);
