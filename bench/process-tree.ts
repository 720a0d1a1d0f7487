// CPU time and memory of a process and of those that it started, as Linux counts them.
import { readFileSync } from 'node:fs';

export interface ProcessUse {
  readonly pid: number;
  readonly command: string;
  readonly cpuSeconds: number;
  /** Highest resident set. */
  readonly peakMb: number;
}

/** Of `/proc/<pid>/stat`: clock ticks, 100 a second wherever Node runs. */
const TICKS_A_SECOND = 100;

/** Those that live now, the given one first. */
export function processTree(pid: number): ProcessUse[] {
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return [processUse(pid), ...children.flatMap(processTree)];
}

function processUse(pid: number): ProcessUse {
  // Behind the name in parentheses: state is field 3, utime and stime are 14 and 15 (proc_pid_stat(5)).
  const fields = read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  return {
    pid,
    command: read(`/proc/${pid}/cmdline`).replaceAll('\0', ' '),
    cpuSeconds: (user + system) / TICKS_A_SECOND,
    peakMb: Number(/VmHWM:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1]) / 1024,
  };
}

function read(path: string): string {
  return readFileSync(path, 'utf8');
}
