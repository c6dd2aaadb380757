/** One partition's pace as a strip: uPlot draws it. */
import uPlot from 'uplot';
import { figure as strings } from '../strings/figure.ts';
import type { Silence, Span } from './run-series.ts';

/** Pixels: of a strip, and of the axis under the last one. */
const HEIGHT = 44;
const AXIS = 22;
/** Of the band over a silence. */
const BAND = 3;
/** Between two marks of the axis. */
const SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_200];

export interface Strip {
  /** @param most of all strips: they share a scale. */
  draw(times: readonly number[], rates: readonly (number | null)[], most: number): void;
  /** Takes on the colours of the page. */
  recolour(): void;
  dispose(): void;
}

export interface StripOptions {
  readonly host: HTMLElement;
  readonly silences: () => readonly Silence[];
  /** When it stood still. */
  readonly outages: () => readonly Span[];
  /** The last one has the seconds under it. */
  readonly axis: boolean;
  /** Strips of one group share the line under the pointer. */
  readonly group: string;
  /** The sample under the pointer. */
  handlePoint(index: number | undefined): void;
}

export const createStrip = ({
  host,
  silences,
  outages,
  axis,
  group,
  handlePoint,
}: StripOptions): Strip => {
  let most = 1;
  const colour = (name: string): string => getComputedStyle(host).getPropertyValue(name).trim();
  const place = (
    { valToPos, scales }: uPlot,
    { from, to = scales.x?.max ?? 0 }: Span,
  ): readonly [left: number, width: number] => {
    const end = Math.min(to, scales.x?.max ?? 0);
    const [left, right] = [valToPos(from, 'x', true), valToPos(end, 'x', true)];
    return [left, Math.max(right - left, 2 * devicePixelRatio)];
  };
  /** A band at the top, over an area that reaches it. */
  const drawSilences = (drawn: uPlot): void => {
    const { ctx, bbox } = drawn;
    ctx.save();
    ctx.fillStyle = colour('--lab-danger');
    for (const silence of silences()) {
      const [left, width] = place(drawn, silence);
      ctx.fillRect(left, bbox.top, width, BAND * devicePixelRatio);
    }
    ctx.restore();
  };
  /** Slanted lines where it stood still, so that it is not told by colour alone. */
  const shade = (drawn: uPlot): void => {
    const { ctx, bbox } = drawn;
    ctx.save();
    ctx.strokeStyle = colour('--lab-danger');
    ctx.lineWidth = devicePixelRatio;
    ctx.fillStyle = colour('--lab-danger-soft');
    for (const outage of outages()) {
      const [left, width] = place(drawn, outage);
      const right = left + width;
      ctx.save();
      ctx.beginPath();
      ctx.rect(left, bbox.top + BAND * devicePixelRatio, width, bbox.height);
      ctx.clip();
      ctx.fill();
      ctx.beginPath();
      for (let x = left - bbox.height; x < right; x += 7 * devicePixelRatio) {
        ctx.moveTo(x, bbox.top + bbox.height);
        ctx.lineTo(x + bbox.height, bbox.top);
      }
      ctx.globalAlpha = 0.45;
      ctx.stroke();
      ctx.restore();
    }
    ctx.restore();
  };
  const plot = new uPlot(
    {
      width: Math.max(host.clientWidth, 1),
      height: HEIGHT + (axis ? AXIS : 0),
      padding: [4, 10, axis ? 0 : 2, 10],
      legend: { show: false },
      cursor: {
        y: false,
        drag: { x: false, y: false },
        points: { show: false },
        sync: { key: group },
      },
      scales: { x: { time: false }, y: { range: () => [0, most] } },
      axes: [
        {
          show: axis,
          size: AXIS,
          incrs: SECONDS,
          font: `11px ${getComputedStyle(host).fontFamily}`,
          stroke: () => colour('--lab-text-muted'),
          grid: { show: false },
          ticks: { stroke: () => colour('--lab-border'), size: 4 },
          values: (_, splits) => splits.map(strings.seconds),
        },
        { show: false },
      ],
      series: [
        {},
        {
          stroke: () => colour('--lab-accent-text'),
          fill: () => colour('--lab-accent-soft'),
          width: 1.5,
          points: { show: false },
          // A pace is that of the second before.
          ...(uPlot.paths.stepped && { paths: uPlot.paths.stepped({ align: -1 }) }),
        },
      ],
      hooks: {
        drawClear: [shade],
        draw: [drawSilences],
        setCursor: [({ cursor }) => handlePoint(cursor.idx ?? undefined)],
      },
    },
    [[], []],
    host,
  );
  const observer = new ResizeObserver(() => {
    if (host.clientWidth > 0 && host.clientWidth !== plot.width)
      plot.setSize({ width: host.clientWidth, height: plot.height });
  });
  observer.observe(host);
  return {
    draw: (times, rates, highest) => {
      most = highest;
      plot.setData([times as number[], rates as number[]]);
    },
    recolour: () => plot.redraw(),
    dispose: () => {
      observer.disconnect();
      plot.destroy();
    },
  };
};
