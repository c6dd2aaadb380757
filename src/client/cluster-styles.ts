/** The styles of what an open view shows, put on the page once, when this file is loaded. */
import groups from '../styles/cluster-groups.css?inline';
import help from '../styles/cluster-help.css?inline';
import keys from '../styles/cluster-keys.css?inline';
import motion from '../styles/cluster-motion.css?inline';
import timeline from '../styles/cluster-timeline.css?inline';
import { addStyles } from './add-styles.ts';

addStyles(groups, keys, timeline, help, motion);
