/** The picture of a run: what its program did each second, and the ledger. Loaded when there is one. */
import './run-figure-styles.ts';
import { decodeEvent } from '../../server/program-events.ts';
import { figure as strings } from '../strings/figure.ts';
import { setText } from './keep.ts';
import { createStrip, type Strip } from './run-chart.ts';
import { renderLedger } from './run-ledger.ts';
import { addEvent, MOST_ROWS, outagesOf, rowsOf, type Series } from './run-series.ts';
import { watchTheme } from './theme.ts';
import { uuid } from './uuid.ts';

export interface RunFigure {
  take(run: string, data: string): void;
  clear(): void;
  dispose(): void;
}

/** One topic's part of the picture. */
interface Part {
  draw(): void;
  recolour(): void;
  dispose(): void;
}

export const openFigure = (host: HTMLElement): RunFigure => {
  let all: Series[] = [];
  const parts = new Map<Series, Part>();
  let frame = 0;

  const draw = (): void => {
    frame = 0;
    for (const [series, part] of parts) {
      if (all.includes(series)) continue;
      part.dispose();
      parts.delete(series);
    }
    host.hidden = all.length === 0;
    for (const series of all) {
      const part = parts.get(series) ?? createPart(host, series);
      parts.set(series, part);
      part.draw();
    }
  };
  /** Once a frame, however much comes: a reload tells it all again. */
  const changed = (): void => {
    if (frame === 0) frame = requestAnimationFrame(draw);
  };
  const unwatchTheme = watchTheme(() => {
    for (const part of parts.values()) part.recolour();
  });
  return {
    take: (run, data) => {
      const event = decodeEvent(run, data);
      if (event === undefined) return;
      addEvent(all, event);
      changed();
    },
    clear: () => {
      all = [];
      changed();
    },
    dispose: () => {
      unwatchTheme();
      cancelAnimationFrame(frame);
      for (const part of parts.values()) part.dispose();
      host.hidden = true;
    },
  };
};

const create = (tag: string, className: string, parent: Element): HTMLElement => {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  parent.append(element);
  return element;
};

const createPart = (host: HTMLElement, series: Series): Part => {
  const root = create('section', '', host);
  const table = create('table', 'strips', root);
  const caption = create('caption', '', table);
  const head = create('tr', '', create('thead', '', table));
  const addColumn = (name: string, text: string): HTMLElement => {
    const cell = create('th', name, head);
    cell.setAttribute('scope', 'col');
    cell.textContent = text;
    return cell;
  };
  addColumn('partition', strings.columns.partition);
  const pace = addColumn('pace', '');
  for (const name of ['total', 'now', 'gap'] as const) addColumn(name, strings.columns[name]);
  const body = create('tbody', '', table);
  const silences = create('p', 'silences', root);
  const ledger = create('div', 'ledger', root);
  const strips: Strip[] = [];
  /** The sample under the pointer; the newest without one. */
  let pointed: number | undefined;
  const group = uuid();

  const drawNumbers = (): void => {
    const index = pointed ?? series.times.length - 1;
    setText(caption, strings.caption[series.what](series.topic));
    table.toggleAttribute('data-pointed', pointed !== undefined);
    for (const [row, count] of rowsOf(series.last.counts).entries()) {
      const cells = body.children[row]?.children;
      const rate = series.rates[row]?.[index];
      const gap = series.ledger?.longestGap[row];
      const put = (column: number, text: string): void => {
        const cell = cells?.[column];
        if (cell !== undefined) setText(cell, text);
      };
      put(2, count.toLocaleString('ko'));
      put(3, rate === null || rate === undefined ? '–' : strings.rate(rate));
      put(4, gap === undefined ? '' : strings.gap(gap));
    }
    table.toggleAttribute('data-gaps', series.ledger !== undefined);
    setText(silences, strings.silences(series.what, series.silences));
    renderLedger(ledger, series);
  };
  const rows = rowsOf(series.last.counts);
  const folded = series.last.counts.length - MOST_ROWS + 1;
  for (const row of rows.keys()) {
    const line = create('tr', '', body);
    const name = create('th', '', line);
    name.setAttribute('scope', 'row');
    const isRest = folded > 1 && row === MOST_ROWS - 1;
    name.textContent = isRest ? strings.others(folded) : strings.partition(row);
    const strip = create('div', '', create('td', 'pace', line));
    strip.ariaHidden = 'true';
    for (const column of ['total', 'now', 'gap']) create('td', column, line);
    strips.push(
      createStrip({
        host: strip,
        silences: () => series.silences,
        outages: () => outagesOf(series, row),
        axis: row === rows.length - 1,
        group,
        handlePoint: (index) => {
          if (index === pointed) return;
          pointed = index;
          drawNumbers();
        },
      }),
    );
  }
  return {
    draw: () => {
      const most = Math.max(1, ...series.rates.map((rates) => Math.max(...rates.map(Number))));
      setText(pace, strings.pace(most));
      for (const [row, strip] of strips.entries())
        strip.draw(series.times, series.rates[row] ?? [], most);
      drawNumbers();
    },
    recolour: () => {
      for (const strip of strips) strip.recolour();
    },
    dispose: () => {
      for (const strip of strips) strip.dispose();
      root.remove();
    },
  };
};
