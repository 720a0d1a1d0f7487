import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { PipelineStack } from '../../lib/pipeline-stack';

function bundleOf(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'connectless-bundle-')), 'index.js');
  writeFileSync(file, 'exports.handler = async () => {};');
  return file;
}

describe('the pipeline stack', () => {
  test('has one arm64 function for each step, entered at the bundle’s handler', () => {
    const bundles = { source: bundleOf(), processor: bundleOf(), sink: bundleOf(), registry: bundleOf() };
    const template = Template.fromStack(new PipelineStack(new App(), 'Pipeline', { bundles }));
    const functions = Object.values(template.findResources('AWS::Lambda::Function'));
    expect(functions.map((resource) => resource.Properties.Description).sort()).toEqual([
      'Connectless: processor',
      'Connectless: registry',
      'Connectless: sink',
      'Connectless: source',
    ]);
    template.allResourcesProperties('AWS::Lambda::Function', { Architectures: ['arm64'], Handler: 'index.handler' });
  });
});
