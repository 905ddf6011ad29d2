import { parseArgs } from 'node:util'
import { SimulationFailed, simulate, type Tally } from './simulate.ts'

// npm run simulate -- --seeds N [--from SEED] [--steps N]
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    steps: { type: 'string', default: '60' },
  },
})
const [seeds, from, steps] = [values.seeds, values.from, values.steps].map(Number) as [number, number, number]
if (![seeds, from, steps].every(Number.isSafeInteger)) throw new Error('--seeds, --from and --steps are whole numbers')

const sum: Tally = { commands: 0, acknowledged: 0, faults: 0, restarts: 0, events: 0 }
for (let seed = from; seed < from + seeds; seed++) {
  try {
    const played = await simulate(seed, { steps })
    for (const what of Object.keys(sum) as (keyof Tally)[]) sum[what] += played[what]
  } catch (error) {
    if (!(error instanceof SimulationFailed)) throw error
    console.error(error.message)
    process.exit(1)
  }
  if ((seed - from + 1) % 50 === 0) console.error(`${seed - from + 1} / ${seeds}`)
}
console.log(`simulation: ${seeds} seeds from ${from}, ${JSON.stringify(sum)}`)
