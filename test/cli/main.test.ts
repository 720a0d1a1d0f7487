import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';

jest.setTimeout(30_000);

function connectless(...args: string[]) {
  const command = join(__dirname, '../../bin/connectless.cjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('connectless', () => {
  test.each([
    'standalone',
    'flush',
    'offsets',
    'validate',
    'cost',
    'topics',
    'consume',
    'produce',
    'tojson',
    'schema-registry',
  ])('has a command %s, whose help shows an example', (name) => {
    expect(connectless('--help').stdout).toMatch(new RegExp(`^  ${name} +\\S`, 'm'));
    const { status, stdout } = connectless(name, '--help');
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: connectless ${name} `));
    expect(stdout).toMatch(/example/i);
  });

  test('knows what a mistyped command was meant to be', () => {
    const { status, stderr } = connectless('standalon', 'worker.properties');
    expect(status).toBe(1);
    expect(stderr).toContain("error: unknown command 'standalon'\n(Did you mean standalone?)");
  });

  test('says what is wrong in one message without a stack', () => {
    const { status, stdout, stderr } = connectless('standalone', 'no-such-worker.properties', 'no-such.properties');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('no-such-worker.properties: does not exist');
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});
