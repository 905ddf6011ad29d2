import { expect, test } from 'vitest'
import { CoopModel } from './model.ts'
import { forgottenCommands, forgottenEvent, fundOverdrawn, lostAcknowledgement, numberUsedTwice } from './sabotage.ts'
import { SimulationFailed, simulate } from './simulate.ts'
import type { Sabotage } from './world.ts'

const BUGS: readonly [what: string, sabotage: () => Sabotage, found: RegExp][] = [
  ['an acknowledgement of what was not stored', lostAcknowledgement, /what was acknowledged is in the log/],
  [
    'commands that are not known again',
    forgottenCommands,
    /says that it is one|used for another|stays so|first answer/,
  ],
  ['a voucher number used twice', numberUsedTwice, /voucher numbers have no gap and no double/],
  ['a fund overdrawn', fundOverdrawn, /is not overdrawn/],
  ['read models that forget an event', forgottenEvent, /the trial balance of/],
]

test('the same seed gives the same run, to the last fault', async () => {
  const first = await simulate(11, { steps: 40 })
  expect(await simulate(11, { steps: 40 })).toEqual(first)
  expect(first.faults).toBeGreaterThan(0)
  expect((await simulate(12, { steps: 40 })).heads).not.toEqual(first.heads)
})

test.each(BUGS)('finds %s, and names the seed and the commands', async (_, sabotage, found) => {
  const failure = await firstFailure(sabotage)
  expect(failure?.message).toMatch(found)
  expect(failure?.message).toMatch(/^seed \d+: /)
  console.log(failure?.message.split('\n')[0])
})

test('the model knows the 42 accounts and refuses a log that is not chained', () => {
  const row = { position: 1, stream: 's', revision: 0, id: 'i', type: 't', version: 1, recordedAt: 'r', actor: 'a' }
  const ids = { commandId: 'c', inputHash: 'h', correlationId: 'c', causationId: 'c' }
  expect(() => new CoopModel().take({ ...row, ...ids, hash: '0'.repeat(64), data: '{}' })).toThrow(/chained/)
})

async function firstFailure(sabotage: () => Sabotage): Promise<Error | undefined> {
  for (let seed = 1; seed <= 30; seed++) {
    const failure = await simulate(seed, { sabotage: sabotage() }).catch((error: Error) => error)
    if (failure instanceof SimulationFailed) return failure
  }
  return undefined
}
