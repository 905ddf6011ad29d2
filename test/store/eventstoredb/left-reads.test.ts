import { expect, onTestFinished, test } from 'vitest'
import { EventStoreDbStore } from '../../../src/store/eventstoredb.ts'
import { withinDeadline } from '../../../src/store/eventstoredb-connection.ts'
import { appendNotes } from '../sample.ts'
import { StandIn } from './stand-in.ts'

// The client waits, when it is closed, for every call that still holds what nobody has taken.
test.for([2, 5, 17, 33, 60])('twenty reads left after the first of %i events do not hold up closing', async count => {
  const server = await new StandIn().start()
  onTestFinished(() => server.die())
  const store = new EventStoreDbStore(server.url, { prefix: 'test-' })
  await appendNotes(store, 'a', count)
  for (let round = 0; round < 20; round++) {
    for await (const event of store.read('a')) {
      expect(event.revision).toBe(0)
      // Meanwhile the rest of the answer arrives.
      await appendNotes(store, `meanwhile-${round}`, 2)
      break
    }
  }
  await expect(withinDeadline(store.close(), 1_000)).resolves.toBeUndefined()
})
