// Glue's registry through its real client, against an emulated endpoint.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { glueLookup } from '../../../src/registry/glue';
import { emulateGlue, type GlueAnswer, type GlueEmulator } from './glue-emulator';

const ID = 'b7b4a7f0-9c96-4e4a-a687-fb5de9ef0c63';
const AVAILABLE = {
  SchemaVersionId: ID,
  SchemaDefinition: '"int"',
  DataFormat: 'AVRO',
  Status: 'AVAILABLE',
  VersionNumber: 7,
};
const { AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secret } = process.env;

let glue: GlueEmulator | undefined;
beforeEach(() => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
});
afterEach(() => {
  glue?.close();
  for (const [name, value] of Object.entries({ AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secret })) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

async function lookUp(answer: GlueAnswer) {
  glue = await emulateGlue({ [ID]: answer });
  return glueLookup({ region: 'eu-central-1', endpoint: glue.endpoint })(ID);
}

describe('Glue’s registry', () => {
  test('gives the text and the version of a schema version', async () => {
    expect(await lookUp([200, AVAILABLE])).toEqual({ text: '"int"', version: 7 });
    expect(glue?.asked).toEqual([ID]);
  });

  test('gives those of one that is being deleted, too', async () => {
    expect(await lookUp([200, { ...AVAILABLE, Status: 'DELETING' }])).toEqual({ text: '"int"', version: 7 });
  });

  test('keeps trying when it is busy', async () => {
    await expect(lookUp([500, { __type: 'InternalServiceException' }])).rejects.toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      retryable: true,
      message: expect.stringContaining('com.amazonaws.eu-central-1.glue'),
    });
    expect(glue?.asked).toHaveLength(5);
  });

  test.each<[string, GlueAnswer, string, boolean, RegExp]>([
    [
      'an id that nobody knows',
      [400, { __type: 'EntityNotFoundException' }],
      'SCHEMA_NOT_FOUND',
      false,
      /none in eu-central-1/,
    ],
    ['an id that cannot be', [400, { __type: 'InvalidInputException' }], 'SCHEMA_NOT_FOUND', false, /none in/],
    [
      'a role that may not',
      [400, { __type: 'AccessDeniedException' }],
      'REGISTRY_REFUSED',
      false,
      /glue:GetSchemaVersion/,
    ],
    ['wrong credentials', [400, { __type: 'UnrecognizedClientException' }], 'AWS_CREDENTIALS', false, /credentials/],
    ['a version that is pending', [200, { ...AVAILABLE, Status: 'PENDING' }], 'REGISTRY_UNAVAILABLE', true, /PENDING/],
    ['a version that failed', [200, { ...AVAILABLE, Status: 'FAILURE' }], 'SCHEMA_UNUSABLE', false, /compatibility/],
    ['a schema in JSON', [200, { ...AVAILABLE, DataFormat: 'JSON' }], 'SCHEMA_UNUSABLE', false, /is JSON, not AVRO/],
    [
      'a version without a text',
      [200, { ...AVAILABLE, SchemaDefinition: undefined }],
      'SCHEMA_UNUSABLE',
      false,
      /no text/,
    ],
  ])('says of %s what it is', async (_, answer, code, retryable, message) => {
    await expect(lookUp(answer)).rejects.toMatchObject({ code, retryable, message: expect.stringMatching(message) });
    expect(glue?.asked).toHaveLength(1);
  });

  test('that nobody answers for may come back', async () => {
    glue = await emulateGlue({});
    glue.close();
    await expect(glueLookup({ region: 'eu-central-1', endpoint: glue.endpoint })(ID)).rejects.toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      retryable: true,
    });
  });
});
