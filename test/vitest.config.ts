import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: '.',
    projects: [
      {
        test: {
          name: 'fast',
          include: ['test/core/**/*.test.ts', 'test/golden.test.ts', 'test/architecture/**/*.test.ts'],
        },
      },
      {
        test: {
          name: 'service',
          include: ['test/api/**/*.test.ts', 'test/oversight/**/*.test.ts', 'test/cli/**/*.test.ts'],
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
    ],
  },
})
