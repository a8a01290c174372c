import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: '.',
    projects: [
      {
        test: {
          name: 'fast',
          include: ['test/core/**/*.test.ts', 'test/golden.test.ts', 'test/architecture/**/*.test.ts'],
          // The whole check of the five shipped policies, and whole lives under them, take longer than an author waits at each commit.
          exclude: ['test/core/check-shipped.test.ts', 'test/core/play-life.test.ts'],
          isolate: false,
        },
      },
      {
        test: {
          name: 'service',
          include: [
            'test/core/check-shipped.test.ts',
            'test/core/play-life.test.ts',
            'test/api/**/*.test.ts',
            'test/oversight/**/*.test.ts',
            'test/cli/**/*.test.ts',
          ],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'runtime',
          include: ['test/runtime/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'web',
          include: ['test/web/**/*.test.ts'],
          globalSetup: ['test/web/setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
