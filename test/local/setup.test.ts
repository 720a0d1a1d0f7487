// Set-up on a machine that lacks something, run as npm runs it.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

let clone: string;

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'connectless-setup-'));
  for (const path of ['local/setup', 'local/setup.mjs', 'package.json', 'package-lock.json']) {
    cpSync(path, join(clone, path), { recursive: true });
  }
  mkdirSync(join(clone, 'path'));
});

afterEach(() => {
  rmSync(clone, { recursive: true });
});

/** A command on the only path there is. */
function provide(name: string, script: string): void {
  writeFileSync(join(clone, 'path', name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(clone, 'path', name), 0o755);
}

function setUp() {
  const { status, stderr, stdout } = spawnSync(process.execPath, ['local/setup.mjs'], {
    cwd: clone,
    env: { PATH: join(clone, 'path') },
    encoding: 'utf8',
  });
  return { status, stderr, stdout };
}

describe('a machine that lacks something is told before anything is downloaded', () => {
  test('npm and Python, in one list', () => {
    const { status, stderr, stdout } = setUp();
    expect(status).toBe(1);
    expect(stderr).toMatch(/npm, beside Node[\s\S]*Python 3\.11, 3\.12 or 3\.13: none was found/);
    expect(stdout).toBe('');
    expect(existsSync(join(clone, '.connectless'))).toBe(false);
    expect(existsSync(join(clone, 'node_modules'))).toBe(false);
  });

  test('a Python without ensurepip, as Debian has it', () => {
    provide('npm', 'echo 11.0.0');
    provide('python3', 'case "$2" in *platform*) echo 3.11.2;; *) exit 1;; esac');
    const { status, stderr } = setUp();
    expect(status).toBe(1);
    expect(stderr).toMatch(/Python's venv module: python3 \(3\.11\.2\) has none/);
    expect(stderr).not.toMatch(/npm, beside/);
  });

  test("pyenv's shim of a version that is not installed does not count", () => {
    symlinkSync(process.execPath, join(clone, 'path', 'node'));
    provide('npm', 'echo 11.0.0');
    provide('python3.12', 'echo "pyenv: python3.12: command not found" >&2; exit 127');
    expect(setUp().stderr).toMatch(/none was found/);
  });
});

test('a download that fails is named with its last words, and leaves nothing that looks finished', () => {
  provide('npm', '[ "$1" = --version ] && exit 0; echo "getaddrinfo ENOTFOUND registry" >&2; exit 1');
  provide(
    'python3',
    'case "$*" in *print*version*) echo 3.11.2;; *print*) echo yes;; *) echo "no space left" >&2; exit 1;; esac',
  );
  const { status, stderr } = setUp();
  expect(status).toBe(1);
  expect(stderr).toMatch(/npm install failed:\n\s+getaddrinfo ENOTFOUND registry/);
  expect(stderr).toMatch(/Making the virtual environment failed:\n\s+no space left/);
  expect(stderr).toMatch(/run the same command again/);
  expect(existsSync(join(clone, '.connectless', 'parts.json'))).toBe(false);
});
