import { defineConfig } from 'vitest/config';

// CI in the environment, even empty, makes Ink draw nothing until exit: tests see what an operator sees.
// React in production has no jsxDEV, so JSX is made for production too.
export default defineConfig({
  oxc: { jsx: { development: false } },
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    environment: 'node',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    globalSetup: ['test/driver/build-once.ts'],
    maxWorkers: 2,
    env: { NODE_ENV: 'production', TZ: 'UTC' },
    restoreMocks: true,
  },
});
