import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publishedDisclosure } from '../../projections/publications.ts'
import { withFigures } from '../../src/cli/figures.ts'
import { noteHead } from '../../src/cli/heads.ts'
import { COOP } from '../http/people.ts'
import { sunshine } from '../http/story.ts'
import type { TestOffice } from '../support/office.ts'
import { file, mz, scratch } from './support.ts'

const place = scratch()
let story: TestOffice
beforeAll(async () => {
  story = await sunshine()
})
afterAll(() => {
  story.close()
  place.gone()
})

const at = () => ['--coop', COOP, '--data', story.directory]
const isPdf = (file: string): boolean => readFileSync(file).subarray(0, 5).toString() === '%PDF-'

describe('papers from the command line, beside a program that has the ledger open', () => {
  test('are the pair of a quarter, in both editions', async () => {
    for (const edition of ['public', 'members']) {
      const out = place.path(edition)
      const args = ['disclose', ...at(), '--quarter', '2025Q1', '--out', out, '--edition', edition]
      expect(await mz(args)).toMatchObject({ code: 0, err: '' })
      expect(readdirSync(out).sort()).toEqual(['decision.pdf', 'outcome.pdf'])
      expect(readdirSync(out).every(name => isPdf(join(out, name)))).toBe(true)
    }
  })

  test('are statements for everybody, with a manifest that names each file by its hash and sums to what was declared', async () => {
    const out = place.path('statements')
    expect(await mz(['statements', ...at(), '--year', '2025', '--out', out])).toMatchObject({ code: 0 })
    const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'))
    expect(manifest.members.length).toBeGreaterThan(1)
    for (const { code, sha256 } of manifest.members) {
      const bytes = readFileSync(join(out, `${code}.pdf`))
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
    }
    const one = place.path('one.pdf')
    const { code } = manifest.members[0]
    expect(await mz(['statement', ...at(), '--member', code, '--year', '2025', '--out', one])).toMatchObject({
      code: 0,
    })
    expect(readFileSync(one)).toEqual(readFileSync(join(out, `${code}.pdf`)))
  })

  test('are refused by name for a person or a resolution that does not exist', async () => {
    const out = place.path('none.pdf')
    const nobody = await mz(['statement', ...at(), '--member', 'M99999', '--year', '2025', '--out', out])
    expect(nobody).toMatchObject({ code: 1, err: expect.stringContaining('M99999') })
    const nothing = await mz(['disclose', ...at(), '--resolution', '2025-99', '--out', out])
    expect(nothing).toMatchObject({ code: 1, err: expect.stringContaining('2025-99') })
  })

  test('are not written to by another program: a command says who is in the way', async () => {
    const body = place.path('nothing.json')
    file(body, '{"month":"2025-04"}')
    const said = await mz(['command', 'ClosePeriod', ...at(), '--json', body])
    expect(JSON.parse(said.err)).toMatchObject({ code: 'DirectoryInUse' })
  })
})

test('the figures a publication leaves out are those of its draft, whatever has been recorded since', () => {
  const { office } = story
  const { figuresHash, closings } = publishedDisclosure(office.sql, COOP, '2025Q1')!
  const body = { quarter: '2025Q1', postedOn: '2025-04-20' }
  expect(withFigures(office, COOP, 'PublishDisclosure', body)).toEqual({ ...body, figuresHash, closings })
  expect(withFigures(office, COOP, 'PublishDisclosure', { ...body, figuresHash: 'given' })).toMatchObject({
    figuresHash: 'given',
  })
  expect(withFigures(office, COOP, 'ClosePeriod', body)).toBe(body)
})

test('a publication is noted outside the log with the head it left', async () => {
  noteHead(story.directory, story.office, COOP)
  const heads = JSON.parse(readFileSync(join(story.directory, 'heads.json'), 'utf8'))
  const { revision, hash } = await story.office.ledger.head(COOP)
  expect(heads).toEqual({ [`coop-${COOP}`]: { revision, hash } })
})
