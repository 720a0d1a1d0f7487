// What the demo shows while rows go in and files come out: pure text.

export interface Figures {
  readonly rows: number;
  readonly inTopic: number;
  readonly outTopic: number;
  readonly files: number;
  readonly newestFile?: string;
  /** Milliseconds from the commit of a file's last row to the file, one for each file. */
  readonly freshness: readonly number[];
}

/** Several lines for a terminal. */
export function panel(figures: Figures): string {
  return [
    '',
    `  table prices              ${count(figures.rows, 'row')}`,
    `  topic confluent-in-prices  ${count(figures.inTopic, 'record')}`,
    `  topic confluent-out-prices ${count(figures.outTopic, 'record')}`,
    `  S3                        ${count(figures.files, 'file')}${figures.newestFile ? `, newest ${figures.newestFile}` : ''}`,
    `  commit → file             ${freshness(figures.freshness)}`,
    '',
  ].join('\n');
}

/** One line, where there is no terminal. */
export function line(figures: Figures): string {
  return `rows ${figures.rows} · in ${figures.inTopic} · out ${figures.outTopic} · files ${figures.files} · commit → file ${freshness(figures.freshness)}`;
}

function count(n: number, noun: string): string {
  return `${String(n).padStart(5)} ${noun}${n === 1 ? '' : 's'}`;
}

function freshness(milliseconds: readonly number[]): string {
  if (milliseconds.length === 0) return 'no file yet';
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const seconds = (ms: number | undefined) => `${((ms ?? 0) / 1000).toFixed(1)} s`;
  return `median ${seconds(sorted[sorted.length >> 1])}, longest ${seconds(sorted.at(-1))}`;
}

/** Whether every row has come as far as it can: into the topics, and into a file if enough came behind it to fill one. */
export function arrived({ rows, inTopic, outTopic, files }: Figures, flushSize: number): boolean {
  return inTopic === rows && outTopic === rows && files >= Math.floor(rows / flushSize);
}
