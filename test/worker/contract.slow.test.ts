import { afterAll, beforeAll } from 'vitest'
import { createTestHarness } from 'wrangler'
import { storeContract } from '../store/contract.ts'
import { remoteStore } from './remote-store.ts'

const server = createTestHarness({
  workers: [
    {
      config: {
        name: 'log',
        main: './test/worker/store-worker.ts',
        compatibility_date: '2026-10-20',
        durable_objects: { bindings: [{ name: 'LOG', class_name: 'Log' }] },
        migrations: [{ tag: 'v1', new_sqlite_classes: ['Log'] }],
      },
    },
  ],
})
beforeAll(() => server.listen())
afterAll(() => server.close())

let made = 0
storeContract('the SQLite store in a Durable Object', async () => {
  made += 1
  return { store: remoteStore(`log-${made}`, server.fetch as never), close: () => undefined }
})
