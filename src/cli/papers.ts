import { hash } from 'node:crypto'
import { headOf } from '../../projections/profile.ts'
import { publishedDisclosure } from '../../projections/publications.ts'
import { resolutionByNo } from '../../projections/resolution-rows.ts'
import { disclosureData } from '../../reports/disclosure/build.ts'
import type { DisclosureEdition, DisclosureKind } from '../../reports/disclosure/data.ts'
import { renderDisclosure } from '../../reports/disclosure/pdf.ts'
import { loadFonts } from '../../reports/kit/fonts-node.ts'
import { verificationAt } from '../../reports/kit/verification.ts'
import { resolutionData } from '../../reports/resolution/build.ts'
import { renderResolution } from '../../reports/resolution/pdf.ts'
import { nameResolver, type Office } from '../office.ts'

/** Where the papers say they can be checked: the public address of the server, without a trailing slash. */
export type Place = { origin: string; coop: string }

/** One half of a quarter's pair as PDF: as published, or as everything stands when it is not. */
export function drawDisclosure(
  office: Office,
  { origin, coop }: Place,
  quarter: string,
  kind: DisclosureKind,
  edition: DisclosureEdition,
): Promise<Uint8Array> {
  const issuedAt = publishedDisclosure(office.sql, coop, quarter)?.recordedAt ?? lastInstant(office, coop)
  const data = disclosureData(office.sql, coop, quarter, kind, edition, {
    resolve: nameResolver(office),
    sha256: text => hash('sha256', text, 'hex'),
    issuedAt,
    verification: fingerprint =>
      verificationAt(`${origin}/coops/${encodeURIComponent(coop)}/quarters/${quarter}`, fingerprint),
  })
  return renderDisclosure(data, loadFonts())
}

/** The numbered notice of a resolution as PDF; undefined for one that has not been voted on. */
export async function drawResolution(
  office: Office,
  { origin, coop }: Place,
  no: string,
): Promise<Uint8Array | undefined> {
  const notice = resolutionByNo(office.sql, coop, no)?.notice
  const url = `${origin}/coops/${encodeURIComponent(coop)}/resolutions/${encodeURIComponent(no)}`
  const data = resolutionData(office.sql, coop, no, {
    resolve: nameResolver(office),
    issuedAt: notice ? `${notice.postedOn}T00:00:00.000Z` : lastInstant(office, coop),
    verification: fingerprint => verificationAt(url, fingerprint),
  })
  return data && renderResolution(data, loadFonts())
}

function lastInstant(office: Office, coop: string): string {
  return headOf(office.sql, coop)?.recordedAt ?? office.now()
}
