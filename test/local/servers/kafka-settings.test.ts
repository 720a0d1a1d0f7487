import { expect, test } from '@jest/globals';
import { kafkaProperties, log4jProperties } from '../../../local/servers/kafka-settings';

test('nobody logs in, and nothing is asked of an authorizer, unless users are named', () => {
  expect(kafkaProperties('/data', { port: 1, controllerPort: 2 })).not.toMatch(/sasl|authorizer|acl/i);
  expect(log4jProperties('/data')).not.toContain('authorizer');
});

test('users have a listener of their own, beside the one without a login', () => {
  const properties = kafkaProperties('/data', { port: 1, controllerPort: 2 }, { port: 3, users: ['source', 'sink'] });
  expect(properties).toContain(
    '\nlisteners=PLAINTEXT://127.0.0.1:1,CONTROLLER://127.0.0.1:2,SASL_PLAINTEXT://127.0.0.1:3\n',
  );
  expect(properties).toContain(' required user_source="source" user_sink="sink";\n');
  expect(log4jProperties('/data', { port: 3, users: [] })).toContain('fileName=/data/authorizer.log\n');
});
