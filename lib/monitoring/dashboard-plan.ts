// The dashboard as data: sections of graphs, each graph a line for each connector, topic or function.
import { ConnectlessError } from '../../src/errors';
import type { MathSeries, Series } from './series';

export interface Line {
  readonly label: string;
  readonly series: Series | MathSeries;
}

export interface Graph {
  readonly title: string;
  readonly unit: string;
  readonly lines: readonly Line[];
  /** @default 5 */
  readonly periodMinutes?: number;
}

export interface Section {
  readonly title: string;
  /** Markdown: what the graphs do not say. */
  readonly text?: string;
  readonly graphs: readonly Graph[];
}

/** CloudWatch's quotas, which cannot be raised. */
const MOST = { widgets: 500, seriesOfGraph: 500, seriesOfDashboard: 2500 } as const;

/** Without graphs that would be empty, and sections without graphs. */
export function withoutEmpty(sections: readonly Section[]): readonly Section[] {
  return sections
    .map((section) => ({ ...section, graphs: section.graphs.filter(({ lines }) => lines.length > 0) }))
    .filter(({ graphs }) => graphs.length > 0);
}

/** Throws DASHBOARD_TOO_LARGE, which CloudWatch would say only at deployment. */
export function checkLimits(sections: readonly Section[]): void {
  const graphs = sections.flatMap((section) => section.graphs);
  const counts = graphs.map(({ lines }) => lines.reduce((sum, { series }) => sum + seriesIn(series), 0));
  const largest = Math.max(0, ...counts);
  const all = counts.reduce((sum, count) => sum + count, 0);
  const widgets = graphs.length + sections.length;
  if (widgets <= MOST.widgets && largest <= MOST.seriesOfGraph && all <= MOST.seriesOfDashboard) return;
  throw new ConnectlessError(
    'DASHBOARD_TOO_LARGE',
    `The dashboard has ${all} metrics, ${largest} of them in one graph, and CloudWatch takes ${MOST.seriesOfDashboard} and ` +
      `${MOST.seriesOfGraph}: deploy some of the connectors from a folder of their own, with another connectless.name.`,
  );
}

/** An expression counts beside the metrics that it is made of. */
function seriesIn(series: Series | MathSeries): number {
  return 'expression' in series ? 1 + Object.keys(series.using).length : 1;
}
