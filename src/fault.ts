// Kills the process at a named step when CONNECTLESS_FAULT says so: how the tests crash a protocol between any two of its steps.
import { openSync } from 'node:fs';

const [wanted, nth] = (process.env.CONNECTLESS_FAULT ?? '').split('@');
let left = Number(nth ?? 1);

/**
 * `CONNECTLESS_FAULT=sink:state-replaced` dies there at once, `sink:state-replaced@3` at the third passing. With
 * `CONNECTLESS_FAULT_MARK=FILE` only the process that creates the file dies, so that its successor gets past.
 */
export function faultPoint(name: string): void {
  if (name !== wanted) return;
  left -= 1;
  if (left === 0 && marks()) process.kill(process.pid, 'SIGKILL');
}

function marks(): boolean {
  const mark = process.env.CONNECTLESS_FAULT_MARK;
  if (mark === undefined) return true;
  try {
    openSync(mark, 'wx');
    return true;
  } catch {
    return false;
  }
}
