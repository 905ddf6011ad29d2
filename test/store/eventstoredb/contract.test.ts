import { EventStoreDbStore } from '../../../src/store/eventstoredb.ts'
import { realServer } from '../../support/real-server.ts'
import { storeContract } from '../contract.ts'
import { StandIn } from './stand-in.ts'

storeContract('the EventStoreDB store on the stand-in server', async () => {
  const server = await new StandIn().start()
  const store = new EventStoreDbStore(server.url, { prefix: 'test-' })
  const close = async (): Promise<void> => {
    await store.close()
    server.die()
  }
  return { store, close }
})

const url = realServer
if (url) {
  let used = 0
  const run = `contract${Date.now().toString(36)}`
  storeContract('the EventStoreDB store on a real server', async () => {
    const store = new EventStoreDbStore(url, { prefix: `${run}x${used++}-` })
    return { store, close: () => store.close() }
  })
}
