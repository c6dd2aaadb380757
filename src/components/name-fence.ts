/**
 * Commands scroll sideways where they do not fit: a region that has a name, and that keys reach. Once a
 * fence is laid out, Expressive Code takes back what one that fits does not need; on a phone, it is not
 * laid out before somebody comes near.
 */
export const nameFence = (html: string, name: string): string => {
  const label = name.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return html.replace('<pre ', () => `<pre tabindex="0" role="region" aria-label="${label}" `);
};
