import { parseArgs } from 'node:util'
import { hasProgram } from '../support/programs.ts'
import { sweep } from './crash-sweep.ts'

// `npm run test:crash -- [--all | --points N]`: the crash points without a test runner, with each fault on its line.
const { values } = parseArgs({ options: { all: { type: 'boolean' }, points: { type: 'string', default: '200' } } })
if (!hasProgram('strace')) throw new Error('needs strace: apt-get install strace')
const onPoint = (done: number, of: number) => {
  if (done % 50 === 0) console.log(`${done} of ${of} crash points`)
}
const { points, of, faults } = await sweep(values.all ? { onPoint } : { points: Number(values.points), onPoint })
for (const fault of faults) console.error(fault)
console.log(`${points} of ${of} crash points, ${faults.length} faults`)
process.exitCode = faults.length > 0 ? 1 : 0
