// `connectless flush`: which sink it flushes, and what its help says of a deployed one. The flush itself is an integration test.
import { expect, test } from '@jest/globals';
import { flushCommand } from '../../cli/flush';
import { FLUSH_EVENT } from '../../src/names';

const files = ['connectors/connect-postgresql.properties', 'connectors/processor.properties'];
const flush = (name: string, ...connectors: string[]) =>
  flushCommand().parseAsync([name, 'connectors/worker.properties', ...connectors], { from: 'user' });

test('a name that no sink has is refused, also that of a source', async () => {
  const refusal = { code: 'USAGE', message: expect.stringContaining('connect-postgresql; they have: no sink.') };
  await expect(flush('connect-postgresql', ...files)).rejects.toMatchObject(refusal);
});

test('the worker’s file may be among the connectors’', async () => {
  const refusal = { code: 'USAGE', message: expect.stringContaining('the name other;') };
  await expect(flush('other', 'connectors/worker.properties', ...files)).rejects.toMatchObject(refusal);
});

test('files with faults are refused with all of them', async () => {
  const refusal = { code: 'CONFIG_INVALID', message: expect.stringContaining('nowhere.properties: does not exist') };
  await expect(flush('s3-sink', 'connectors/nowhere.properties')).rejects.toMatchObject(refusal);
});

test('the help has the event for a deployed function, and an example', () => {
  let help = '';
  const command = flushCommand().configureOutput({
    writeOut: (text) => {
      help += text;
    },
  });
  command.outputHelp();
  const [, payload = ''] = /--payload '(.*)'/.exec(help) ?? [];
  expect(JSON.parse(payload)).toEqual({ ...FLUSH_EVENT, all: true });
  expect(help).toContain('$ connectless flush s3-sink connectors/worker.properties');
});
