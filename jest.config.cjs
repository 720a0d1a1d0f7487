// Jest: TypeScript through swc; `--selectProjects` runs one kind of test alone.
const esmOnly = [
  'p-retry',
  'is-network-error',
  'p-limit',
  'yocto-queue',
  '@hpcc-js/wasm-zstd',
  'hyparquet',
  'hyparquet-writer',
];
const base = {
  testEnvironment: 'node',
  transform: { '^.+\\.(t|m?j)s$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }] },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
};
module.exports = {
  // In one process alone, what two hundred files leave in the heap makes the last ones several times slower.
  maxWorkers: 2,
  workerIdleMemoryLimit: '1GB',
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
