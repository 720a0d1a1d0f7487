// What is wrong with the files, and what in them has no meaning here, each as one line that names its place.

export interface Fault {
  readonly file: string;
  /** 1-based; absent when the fault is something that is not there. */
  readonly line?: number;
  /** Absent when the fault is the file itself. */
  readonly property?: string;
  /** What is wrong. Never a secret. */
  readonly what: string;
  /** What to write instead. */
  readonly write: string;
}

/** A property that is accepted although it changes nothing. */
export interface Note {
  readonly file: string;
  readonly line: number;
  readonly property: string;
  readonly why: string;
}

/** What is wrong with one value, and what to write instead: a fault that does not know its place yet. */
export interface Problem {
  readonly what: string;
  readonly write: string;
}

/** `file:line: property: what is wrong; what to write`. */
export function faultLine({ file, line, property, what, write }: Fault): string {
  const place = line === undefined ? file : `${file}:${line}`;
  return [place, ...(property === undefined ? [] : [property]), `${what}; ${write}`].join(': ');
}

/** `file:line: property: why it has no meaning here`. */
export function noteLine({ file, line, property, why }: Note): string {
  return `${file}:${line}: ${property}: ${why}`;
}

/** All faults, one a line, file by file, in the order of the lines, what is missing last. */
export function report(faults: readonly Fault[]): string {
  const files = [...new Set(faults.map((fault) => fault.file))];
  const ofFile = (file: string) =>
    faults.filter((fault) => fault.file === file).sort((a, b) => (a.line ?? Infinity) - (b.line ?? Infinity) || 0);
  const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
  return [...files.flatMap(ofFile).map(faultLine), `${count} in the configuration.`].join('\n');
}
