// Kills the process at a named step when CONNECTLESS_FAULT says so: how the tests crash a protocol between any two of its steps.

const [wanted, nth] = (process.env.CONNECTLESS_FAULT ?? '').split('@');
let left = Number(nth ?? 1);

/** `CONNECTLESS_FAULT=sink:state-replaced` dies there at once, `sink:state-replaced@3` at the third passing. */
export function faultPoint(name: string): void {
  if (name !== wanted) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
}
