import { hash } from 'node:crypto'
import { join } from 'node:path'
import { headOf } from '../../projections/profile.ts'
import { loadFonts } from '../../reports/kit/fonts-node.ts'
import { type Manifest, type StatementSource, statementSource } from '../../reports/statement/build.ts'
import { renderStatement } from '../../reports/statement/pdf.ts'
import { nameResolver, type Office } from '../office.ts'
import { writeWhole } from './files.ts'

/** All statements of a co-op's year, as of its last event: the same events give the same bytes. */
export function statementsOf(office: Office, coop: string, year: number): StatementSource {
  const issuedAt = headOf(office.sql, coop)?.recordedAt ?? office.now()
  return statementSource(office.sql, coop, year, { resolve: nameResolver(office), issuedAt })
}

/** The PDF of one person's statement. */
export function drawStatement(source: StatementSource, code: string): Promise<Uint8Array> {
  return renderStatement(source.of(code), loadFonts())
}

/** Writes `<member code>.pdf` for everybody and `manifest.json` into a directory; `told` hears how many are done. */
export async function writeStatements(
  source: StatementSource,
  directory: string,
  told: (done: number) => void,
): Promise<Manifest> {
  const sums = new Map<string, string>()
  for (const code of source.codes) {
    const bytes = await drawStatement(source, code)
    writeWhole(join(directory, `${code}.pdf`), bytes)
    sums.set(code, hash('sha256', bytes, 'hex'))
    told(sums.size)
  }
  const manifest = source.manifest(code => sums.get(code) ?? '')
  writeWhole(join(directory, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  return manifest
}
