import { defineConfig } from 'vitest/config'

// A server that is there for tests is used by those that ask for it (test/support/real-server.ts), and by nobody else.
const env = { TEST_EVENTSTORE_URL: process.env.EVENTSTORE_URL ?? '' }
delete process.env.EVENTSTORE_URL

// `npm test` runs the project "fast"; `npm run test:all` runs both. Slow tests are named *.slow.test.ts.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'fast',
          env,
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.slow.test.ts'],
          isolate: false,
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'slow', env, include: ['test/**/*.slow.test.ts'], testTimeout: 600_000, hookTimeout: 600_000 } },
    ],
  },
})
