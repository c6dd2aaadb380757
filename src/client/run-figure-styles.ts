/** The picture's styles, put on the page once, when this file is loaded. */
import uplot from 'uplot/dist/uPlot.min.css?inline';
import figure from '../styles/run-figure.css?inline';
import { addStyles } from './add-styles.ts';

addStyles(uplot, figure);
