import { expect, test } from 'vitest'
import { simulate } from './simulate.ts'

const MILLISECONDS = 45_000
const LEAST_SEEDS = 60

test('no seed breaks a promise: commands, faults and restarts at random, checked against the model', async () => {
  const sum = { seeds: 0, commands: 0, acknowledged: 0, faults: 0, restarts: 0, events: 0 }
  const end = performance.now() + MILLISECONDS
  while (performance.now() < end) {
    sum.seeds += 1
    const { commands, acknowledged, faults, restarts, events } = await simulate(sum.seeds)
    sum.commands += commands
    sum.acknowledged += acknowledged
    sum.faults += faults
    sum.restarts += restarts
    sum.events += events
  }
  console.log(`simulation: ${JSON.stringify(sum)}`)
  expect(sum.seeds).toBeGreaterThanOrEqual(LEAST_SEEDS)
  expect(sum.faults).toBeGreaterThanOrEqual(LEAST_SEEDS * 10)
  expect(sum.acknowledged / sum.commands).toBeGreaterThan(0.5)
})
