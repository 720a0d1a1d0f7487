// Jest for the optional suite: every bundle in Lambda's own runtime client. The servers are the integration tests'.
const { join } = require('node:path');
const { projects } = require('../../jest.config.cjs');

module.exports = {
  ...projects.find(({ displayName }) => displayName === 'integration'),
  rootDir: join(__dirname, '..', '..'),
  displayName: 'lambda-runtime',
  testMatch: ['<rootDir>/test/lambda-runtime/**/*.test.ts'],
  testTimeout: 60_000,
};
