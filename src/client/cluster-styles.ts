/** The styles of what an open view shows, put on the page once, when it is loaded (see `xterm-styles.ts`). */
import groups from '../styles/cluster-groups.css?inline';
import help from '../styles/cluster-help.css?inline';
import keys from '../styles/cluster-keys.css?inline';
import timeline from '../styles/cluster-timeline.css?inline';

const sheet = new CSSStyleSheet();
sheet.replaceSync([groups, keys, timeline, help].join('\n'));
document.adoptedStyleSheets.push(sheet);
