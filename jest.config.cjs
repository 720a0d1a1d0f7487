// Jest: TypeScript through swc; `--selectProjects` runs one kind of test alone.
const esmOnly = ['p-retry', 'is-network-error', 'p-limit', 'yocto-queue'];
const base = {
  testEnvironment: 'node',
  transform: { '^.+\\.(t|m?j)s$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }] },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
};
module.exports = {
  projects: [
    { ...base, displayName: 'unit', testMatch: ['<rootDir>/test/{src,lib,lambdas,cli,local}/**/*.test.ts'] },
    { ...base, displayName: 'simulation', testMatch: ['<rootDir>/test/simulation/**/*.test.ts'] },
    {
      ...base,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/integration/**/*.test.ts'],
      globalSetup: '<rootDir>/test/integration/global-setup.ts',
      globalTeardown: '<rootDir>/test/integration/global-teardown.ts',
    },
  ],
};
