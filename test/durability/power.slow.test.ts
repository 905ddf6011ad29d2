import { describe, expect, test } from 'vitest'
import { crashMeans } from './crash-means.ts'
import { powerCuts } from './power-sweep.ts'

const means = crashMeans()
const CUTS = 150
const why = means.by === 'kill' ? ` — skipped: what was written cannot be recorded, because ${means.why}` : ''

describe.skipIf(means.by === 'kill')(`a power cut, after which of the unflushed any part may be there${why}`, () => {
  test(`loses nothing acknowledged and breaks nothing, at ${CUTS} moments`, async () => {
    const { cuts, of, faults } = await powerCuts({ cuts: CUTS })
    console.log(`${cuts} power cuts in a run of ${of} steps, ${faults.length} faults`)
    expect(faults).toEqual([])
    expect(cuts).toBe(CUTS)
  })

  test('loses nothing acknowledged either when a flush before it had failed and its data never came to the disk', async () => {
    let total = 0
    for (const failing of [22, 25, 28, 34, 40]) {
      const { cuts, faults } = await powerCuts({ cuts: 24, failing, seed: failing })
      expect(faults, `flush ${failing}`).toEqual([])
      total += cuts
    }
    console.log(`${total} power cuts after a failed flush`)
    expect(total).toBeGreaterThanOrEqual(100)
  })

  test('is found out to lose something where commits do not wait for the disk', async () => {
    const { faults } = await powerCuts({ cuts: 40, fault: 'unsynced' })
    expect(faults.length).toBeGreaterThan(5)
    expect(faults).toContainEqual(expect.stringContaining('acknowledged and lost'))
  })

  test('is found out to lose something where commands are acknowledged before their flush', async () => {
    const { faults } = await powerCuts({ cuts: 40, fault: 'early' })
    expect(faults).toContainEqual(expect.stringContaining('acknowledged and lost'))
  })
})
