import { parseArgs } from 'node:util'
import { killLoop } from './crash-kills.ts'
import { crashMeans, meansSaid } from './crash-means.ts'
import { sweep } from './crash-sweep.ts'
import { powerCuts } from './power-sweep.ts'

// `npm run test:crash -- [--all | --points N] [--power [--seed N]]`: crash points, or power cuts, without a test runner,
// with each fault on its line.
const { values } = parseArgs({
  options: {
    all: { type: 'boolean' },
    points: { type: 'string', default: '200' },
    power: { type: 'boolean' },
    seed: { type: 'string', default: '1' },
  },
})
const shown = (what: string) => (done: number, of: number) => {
  if (done % 50 === 0) console.log(`${done} of ${of} ${what}`)
}

const means = crashMeans()
if (values.power) await cutPower()
else {
  console.log(meansSaid(means))
  await (means.by === 'strace' ? killAtCalls() : killAtMoments())
}

async function cutPower(): Promise<void> {
  if (means.by === 'kill') throw new Error(`power cuts need what strace records: ${means.why}`)
  const asked = values.all ? {} : { cuts: Number(values.points) }
  const { cuts, of, faults } = await powerCuts({ ...asked, seed: Number(values.seed), onCut: shown('power cuts') })
  end(`${cuts} power cuts in a run of ${of} steps (seed ${values.seed})`, faults)
}

async function killAtCalls(): Promise<void> {
  const asked = values.all ? {} : { points: Number(values.points) }
  const { points, of, faults } = await sweep({ ...asked, onPoint: shown('crash points') })
  end(`${points} of ${of} crash points`, faults)
}

async function killAtMoments(): Promise<void> {
  const { runs, kills, faults } = await killLoop({ runs: Number(values.points), onRun: shown('runs') })
  end(`${kills} kills in ${runs} runs`, faults)
}

function end(what: string, faults: readonly string[]): void {
  for (const fault of faults) console.error(fault)
  console.log(`${what}, ${faults.length} faults`)
  process.exitCode = faults.length > 0 ? 1 : 0
}
