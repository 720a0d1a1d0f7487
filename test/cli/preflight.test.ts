// `connectless preflight`: which source it looks at, and its help. What it finds is an integration test.
import { expect, test } from '@jest/globals';
import { preflightCommand } from '../../cli/preflight';

const preflight = (name: string, ...files: string[]) =>
  preflightCommand().parseAsync([name, 'connectors/worker.properties', ...files], { from: 'user' });

test('a name that no source has is refused, also that of a processor', async () => {
  const files = ['connectors/connect-postgresql.properties', 'connectors/processor.properties'];
  await expect(preflight('processor', ...files)).rejects.toMatchObject({
    code: 'USAGE',
    message: expect.stringContaining('connect-postgresql'),
  });
});

test('files with faults are refused', async () => {
  await expect(preflight('connect-postgresql', 'connectors/nowhere.properties')).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
  });
});

test('the help has examples, and says how long writers may have to wait', () => {
  let help = '';
  preflightCommand()
    .configureOutput({
      writeOut: (text) => {
        help += text;
      },
    })
    .outputHelp();
  expect(help).toContain('$ connectless preflight connect-postgresql connectors/worker.properties');
  expect(help).toMatch(/--ddl "ALTER TABLE[^"]*"/);
  expect(help).toContain('2 s at most for its lock, and 20 s for it to end');
});
