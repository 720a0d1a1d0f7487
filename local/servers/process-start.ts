// When a process started: with its pid, the identity that tells it from a later process of the same pid.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A text that is the same as long as the process lives; undefined when it is gone, or dead and not yet reaped. */
export function processStart(pid: number, platform: NodeJS.Platform = process.platform): string | undefined {
  return platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

/** Slim containers have no `ps`. Fields after the name in parentheses, which may hold anything: 0 is the state, 19 the start in ticks since boot. */
function fromProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (isDead(fields[0])) return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fields[19]}`;
  } catch {
    return undefined;
  }
}

function fromPs(pid: number): string | undefined {
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  const { stdout, status } = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8', env });
  const [state, ...start] = status === 0 ? stdout.trim().split(/\s+/) : [];
  return state === undefined || isDead(state) ? undefined : start.join(' ');
}

function isDead(state: string | undefined): boolean {
  return state === undefined || state.startsWith('Z') || state.startsWith('X');
}
