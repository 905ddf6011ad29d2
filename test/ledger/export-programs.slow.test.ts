import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { type Played, played } from '../demo/play.ts'
import { generate } from '../oracle/years.ts'
import { testWith } from '../support/programs.ts'
import { type Books, beancountMovements, hledgerMovements, ownMovements, sorted } from './export-programs.ts'

const SEEDS = [1, 2, 3, 4]
const folder = mkdtempSync(join(tmpdir(), 'mingzhang-programs-'))
let demo: Played
beforeAll(async () => {
  demo = await played()
})
afterAll(() => {
  demo.close()
  rmSync(folder, { recursive: true })
})

const PROGRAMS = [
  ['hledger', ['hledger'], hledgerMovements],
  ['beancount', ['bean-check', 'bean-query'], beancountMovements],
] as const

async function agrees(books: Books, coops: readonly string[], movements: typeof hledgerMovements): Promise<number> {
  let figures = 0
  for (const coop of coops) {
    const own = sorted(ownMovements(books.sql, coop))
    expect([coop, sorted(await movements(books, coop, join(folder, 'books')))]).toEqual([coop, own])
    figures += own.length
  }
  return figures
}

for (const [name, needed, movements] of PROGRAMS) {
  testWith(
    needed,
    `${name} checks the demonstration’s journals and moves every account as we do, by fund and month`,
    async () => {
      const { office, summary } = demo
      const figures = await agrees(
        office,
        summary.coops.map(({ code }) => code),
        movements,
      )
      console.log(`${name} on the demonstration: ${figures} figures`)
      expect(figures).toBeGreaterThan(800)
    },
  )

  testWith(
    needed,
    `${name} does so on ledgers that chance made, red vouchers and closed years among them`,
    async () => {
      let figures = 0
      for (const seed of SEEDS) {
        const books = await generate(seed)
        figures += await agrees(books, ['yangguang', 'jufu'], movements)
        books.close()
      }
      console.log(`${name} on ${SEEDS.length} seeds: ${figures} figures`)
      expect(figures).toBeGreaterThan(SEEDS.length * 200)
    },
  )
}
