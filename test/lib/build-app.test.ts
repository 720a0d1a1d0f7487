// What stops a synthesis before there is a stack: cdk.json, and the folder of the connector files.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { buildApp } from '../../lib/app';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'connectless-app-'));
});

afterEach(() => rmSync(root, { recursive: true }));

/** With these values in its cdk.json, one a line from the third on. */
function build(context: Readonly<Record<string, string>>): Promise<void> {
  writeFileSync(join(root, 'cdk.json'), JSON.stringify({ context }, undefined, 1));
  return buildApp(new App({ outdir: join(root, 'cdk.out'), context }), root, () => undefined);
}

test('faults of settings are told at once, each with its line of cdk.json', async () => {
  const building = build({ 'connectless.cluster.tpye': 'serverless', 'connectless.zones': '4' });
  await expect(building).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  await expect(building).rejects.toThrow(
    [
      'cdk.json:3: connectless.cluster.tpye: is not a known property; did you mean connectless.cluster.type?',
      'cdk.json:4: connectless.zones: "4" is more than 3; write a number up to 3',
      '2 faults in the configuration.',
    ].join('\n'),
  );
});

test('a folder that is not there is named', async () => {
  await expect(build({ 'connectless.connectors': 'nowhere' })).rejects.toThrow(
    'cdk.json: connectless.connectors: names a folder nowhere that is not there; write the folder of worker.properties',
  );
});

test("a folder without the worker's file says so", async () => {
  await expect(build({ 'connectless.connectors': '.' })).rejects.toThrow(
    /worker\.properties: does not exist; write the path of a \.properties file\n1 fault in the configuration\.$/,
  );
});
