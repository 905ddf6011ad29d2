import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkSeed } from './check.ts'
import type { Tally } from './compare.ts'

// npm run oracle -- --seeds N [--from SEED]
const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '100' }, from: { type: 'string', default: '1' } },
})
const [seeds, from] = [values.seeds, values.from].map(Number) as [number, number]
if (![seeds, from].every(Number.isSafeInteger)) throw new Error('--seeds and --from are whole numbers')

const folder = mkdtempSync(join(tmpdir(), 'mingzhang-oracle-'))
const tally: Tally = { figures: 0, vouchers: 0, events: 0 }
for (let seed = from; seed < from + seeds; seed++) {
  const said = await checkSeed(seed, join(folder, 'ledger.ndjson'), tally)
  if (said.length === 0) continue
  console.error(`seed ${seed}: the oracle and the ledger disagree\n${said.join('\n')}`)
  process.exitCode = 1
}
rmSync(folder, { recursive: true })
console.log(`oracle: ${seeds} seeds from ${from}, ${JSON.stringify(tally)}`)
