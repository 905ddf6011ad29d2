import { hash } from 'node:crypto'
import type { CoopProfile } from '../../projections/profile.ts'
import { publishedDisclosure } from '../../projections/publications.ts'
import { resolutionByNo } from '../../projections/resolution-rows.ts'
import { caughtUpTo } from '../../projections/runner.ts'
import { type DisclosureFigures, disclosureData, disclosureFigures } from '../../reports/disclosure/build.ts'
import type { DisclosureData, DisclosureEdition, DisclosureKind } from '../../reports/disclosure/data.ts'
import { verificationAt } from '../../reports/kit/verification.ts'
import { resolutionData } from '../../reports/resolution/build.ts'
import type { ResolutionData } from '../../reports/resolution/data.ts'
import { statementSource } from '../../reports/statement/build.ts'
import type { StatementData } from '../../reports/statement/data.ts'
import { quarter as quarterField } from '../domain/fields.ts'
import { nameResolver } from '../office.ts'
import { path } from '../web/words.ts'
import { notFound } from './coop-of.ts'
import type { House } from './house.ts'

/** The statement of one person and year, as of now. */
export async function statementOf(
  house: House,
  { coop }: CoopProfile,
  person: string,
  year: number,
): Promise<StatementData> {
  const otherPayers = await otherPayersOf(house, person)
  const { sql, now } = house.office
  const options = { resolve: nameResolver(house.office), issuedAt: now() }
  const source = house.shelves.sources.take(keyOf(house, coop, year), () => statementSource(sql, coop, year, options))
  return { ...source.of(person), ...(otherPayers.length > 0 ? { otherPayers } : {}) }
}

// That the others cannot be asked just now is said on the statement; it must not keep anybody from their own figures.
async function otherPayersOf(house: House, person: string): Promise<NonNullable<StatementData['otherPayers']>> {
  try {
    return (await house.otherPayers?.(person)) ?? []
  } catch (error) {
    house.onFault?.(error)
    return 'unasked'
  }
}

export type PublishedQuarter = {
  readonly decision: DisclosureData
  readonly outcome: DisclosureData
  /** Whether the figures, made again from the ledger, have the fingerprint they were published with. */
  readonly unchanged: boolean
}

/** The public edition of a published quarter; 404 for one that is not, whether it is drafted or not. */
export function publishedQuarter(house: House, coop: CoopProfile, quarter: string): PublishedQuarter {
  const outcome = disclosureOf(house, coop, quarter, 'outcome', 'public')
  const published = publishedDisclosure(house.office.sql, coop.coop, quarter)?.figuresHash
  return {
    outcome,
    decision: disclosureOf(house, coop, quarter, 'decision', 'public'),
    unchanged: published === outcome.header.figuresHash,
  }
}

/** One half of a published quarter's pair as PDF, drawn once. */
export function disclosurePdf(
  house: House,
  coop: CoopProfile,
  quarter: string,
  kind: DisclosureKind,
  edition: DisclosureEdition,
): Promise<Uint8Array> {
  const data = disclosureOf(house, coop, quarter, kind, edition)
  const key = keyOf(house, coop.coop, quarter, kind, edition)
  return house.shelves.papers.take(key, () => house.drawing.disclosure(data))
}

/** The public figures of a quarter as rows; of one not published yet as they stand now. */
export function disclosureRows(house: House, { coop }: CoopProfile, quarter: string): DisclosureFigures {
  return disclosureFigures(house.office.sql, coop, quarter)
}

/** The numbered notice of a resolution that has been posted; 404 for any other. */
export function resolutionPaper(house: House, coop: CoopProfile, no: string): ResolutionData {
  const notice = resolutionByNo(house.office.sql, coop.coop, no)?.notice
  if (!notice) throw notFound()
  const place = path('coops', coop.coop, 'resolutions', no)
  const data = resolutionData(house.office.sql, coop.coop, no, {
    resolve: nameResolver(house.office),
    issuedAt: `${notice.postedOn}T00:00:00.000Z`,
    ...(house.origin === undefined
      ? {}
      : { verification: eventHash => verificationAt(urlOf(house, place), eventHash) }),
  })
  if (!data) throw notFound()
  return data
}

function disclosureOf(
  house: House,
  { coop }: CoopProfile,
  quarter: string,
  kind: DisclosureKind,
  edition: DisclosureEdition,
): DisclosureData {
  const { sql } = house.office
  const published = quarterField.safeParse(quarter).success ? publishedDisclosure(sql, coop, quarter) : undefined
  if (!published) throw notFound()
  const place = path('coops', coop, 'quarters', quarter)
  return house.shelves.disclosures.take(keyOf(house, coop, quarter, kind, edition), () =>
    disclosureData(sql, coop, quarter, kind, edition, {
      resolve: nameResolver(house.office),
      sha256: text => hash('sha256', text, 'hex'),
      issuedAt: published.recordedAt,
      verification: figuresHash => verificationAt(urlOf(house, place), figuresHash),
    }),
  )
}

const urlOf = (house: House, place: string): string => `${house.origin ?? 'http://localhost'}${place}`

// Any new event may change a paper, so the position of the last one is part of what it is kept under.
function keyOf(house: House, ...parts: (string | number)[]): string {
  return [caughtUpTo(house.office.sql), ...parts].join(' ')
}
