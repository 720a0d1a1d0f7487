import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { writeFunctionCode } from '../../../lib/deployment/function-code';

let root: string;
let bundle: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'connectless-code-'));
  bundle = join(root, 'bundle', 'index.js');
  mkdirSync(join(root, 'bundle'));
  writeFileSync(bundle, 'the code');
  writeFileSync(`${bundle}.map`, 'the map');
});

afterEach(() => rmSync(root, { recursive: true }));

const read = (directory: string, name: string) => readFileSync(join(directory, name), 'utf8');

test("a function's code is its bundle with its map, and the files beside it", () => {
  const directory = writeFunctionCode(join(root, 'deep', 'code'), bundle, {
    worker: new Map([['a', '1']]),
    connector: new Map([['b', '2']]),
  });
  expect(directory).toBe(join(root, 'deep', 'code'));
  expect(readdirSync(directory).sort()).toEqual([
    'connector.properties',
    'index.js',
    'index.js.map',
    'worker.properties',
  ]);
  expect(read(directory, 'index.js')).toBe('the code');
  expect(read(directory, 'worker.properties')).toBe('a=1\n');
  expect(read(directory, 'connector.properties')).toBe('b=2\n');
});

test("Amazon's authorities are many certificates in PEM", () => {
  const directory = writeFunctionCode(join(root, 'code'), bundle, { certificates: { kind: 'amazon' } });
  expect(read(directory, 'amazon-rds-ca.pem').match(/-----BEGIN CERTIFICATE-----\n/g)?.length).toBeGreaterThan(30);
});

test('authorities of the user are copied', () => {
  const path = join(root, 'our.pem');
  writeFileSync(path, 'ours');
  const directory = writeFunctionCode(join(root, 'code'), bundle, { certificates: { kind: 'file', path } });
  expect(read(directory, 'database-ca.pem')).toBe('ours');
});

test('nothing is left of a synthesis before', () => {
  const directory = writeFunctionCode(join(root, 'code'), bundle, { certificates: { kind: 'amazon' } });
  writeFunctionCode(directory, bundle, {});
  expect(readdirSync(directory).sort()).toEqual(['index.js', 'index.js.map']);
});
