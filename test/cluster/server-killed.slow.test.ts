import { describe, expect, onTestFinished, test } from 'vitest'
import { verifyChain } from '../../src/store/verify.ts'
import { collect } from '../store/sample.ts'
import { COOP, office } from '../support/ledger.ts'
import { realServer, realServerKiller } from '../support/real-server.ts'
import { bank, established, opening } from '../support/stories.ts'
import { faultsOf } from './faults.ts'
import {
  give,
  level,
  node,
  readModels,
  rebuilt,
  type Server,
  standIn,
  story,
  type TestNode,
  withPrefix,
} from './nodes.ts'

const KILLS = 3
const BETWEEN_KILLS = 30
const WRITERS = 3

type Killed = { server: Server; kill: () => Promise<void> }

const kill = realServerKiller()
const cases: readonly (readonly [string, (() => Promise<Killed>) | undefined])[] = [
  ['the stand-in', killableStandIn],
  ['a real server', kill && (async () => ({ server: { url: withPrefix(realServer ?? '') }, kill }))],
]

async function killableStandIn(): Promise<Killed> {
  const server = await standIn()
  return { server, kill: async () => server.standIn.dieAndReturn() }
}

describe.each(cases)('the application on %s', (_, begin) => {
  const needs = begin ? '' : ' — needs EVENTSTORE_URL with a single server that runs on this machine'
  test.skipIf(!begin)(
    `killed with -9 ${KILLS} times under load has every acknowledged command once${needs}`,
    async () => {
      const { server, kill } = await begin!()
      const times = { deadline: 2_000, persistence: 2_000, heartbeat: 1_000, backOff: [20, 500] as const }
      const nodes = [await node(server, { server: times }), await node(server, { server: times })] as const
      await story(nodes[0], [established, bank, opening])
      const acknowledged = new Map<string, number[]>()
      let over = false
      onTestFinished(() => {
        over = true
      })
      const write = async (at: TestNode, name: string) => {
        for (let index = 0; !over; index++) {
          const events = await untilAnswered(at, `${name}-${index}`, () => over)
          if (events)
            acknowledged.set(
              `${name}-${index}`,
              events.map(({ revision }) => revision),
            )
        }
      }
      const writing = nodes.flatMap((at, number) =>
        Array.from({ length: WRITERS }, (_, index) => write(at, `${number}w${index}`)),
      )
      for (let killed = 0; killed < KILLS; killed++) {
        const goal = acknowledged.size + BETWEEN_KILLS
        while (acknowledged.size < goal) await new Promise(resume => setTimeout(resume, 5))
        await kill()
      }
      const goal = acknowledged.size + BETWEEN_KILLS
      while (acknowledged.size < goal) await new Promise(resume => setTimeout(resume, 5))
      over = true
      await Promise.all(writing)
      await level(...nodes)
      const stored = await collect(nodes[0].office.store.read(`coop-${COOP}`))
      const tables = [...nodes.map(({ office }) => readModels(office.sql)), rebuilt(nodes[0])]
      expect(faultsOf({ acknowledged, stored, tables })).toEqual([])
      for (const { office } of nodes)
        expect((await verifyChain(office.store, { codec: office.codec })).bad).toBeUndefined()
      console.log(
        `${KILLS} kills of the server, ${acknowledged.size} commands acknowledged by two nodes, each there once`,
      )
      expect(acknowledged.size).toBeGreaterThanOrEqual((KILLS + 1) * BETWEEN_KILLS)
    },
  )
})

/** The events of a command that is sent again until it is answered; undefined if the test is over before. */
async function untilAnswered(at: TestNode, key: string, over: () => boolean) {
  while (!over()) {
    try {
      const answer = await give(at, 'PostVoucher', office('0.10'), key)
      if ('refusal' in answer) throw new Error(JSON.stringify(answer.refusal))
      return answer.events
    } catch (error) {
      const code = (error as { code?: string }).code
      if (code !== 'Unavailable' && code !== 'OutcomeUnknown' && code !== 'Conflict') throw error
      await new Promise(resume => setTimeout(resume, 20))
    }
  }
  return undefined
}
