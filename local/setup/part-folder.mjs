// A folder of parts, keyed by their pins, that is there as a whole or not at all.
// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Of all part folders. */
export const home = '.connectless';

/** Path from the project on: other pins make another folder. @param {readonly string[]} pins */
export function folderFor(pins) {
  const all = [...pins, process.platform, process.arch].join('\n');
  return `${home}/${createHash('sha256').update(all).digest('hex').slice(0, 12)}`;
}

/**
 * Made under another name and renamed when whole, so that an interrupted set-up is not taken for a finished one.
 * @param {string} finished @param {(unfinished: string) => Promise<void>} make
 */
export async function makeFolder(finished, make) {
  const unfinished = `${finished}.unfinished-${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  await make(unfinished);
  rmSync(finished, { recursive: true, force: true });
  renameSync(unfinished, finished);
}

/** What set-ups that were interrupted left behind; one that still runs keeps its folder. @param {string} root */
export function removeUnfinished(root) {
  const all = join(root, home);
  if (!existsSync(all)) return;
  for (const name of readdirSync(all)) {
    const pid = /\.unfinished-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(all, name), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
