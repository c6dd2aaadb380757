/** The picture's styles, put on the page once, when this file is loaded (see `xterm-styles.ts`). */
import uplot from 'uplot/dist/uPlot.min.css?inline';
import figure from '../styles/run-figure.css?inline';

const sheet = new CSSStyleSheet();
sheet.replaceSync(`${uplot}\n${figure}`);
document.adoptedStyleSheets.push(sheet);
