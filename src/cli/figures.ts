import { hash } from 'node:crypto'
import { type Disclosable, disclosable } from '../../reports/disclosure/publish.ts'
import type { CommandName } from '../domain/commands.ts'
import { quarter as quarterField } from '../domain/fields.ts'
import type { Office } from '../office.ts'

/** The figures of a co-op's quarter as its disclosure prints them, as of now. */
export function disclose({ sql }: Office, quarter: string, coop: string): Disclosable {
  return disclosable(sql, coop, quarter, 'draft', sha256)
}

/** The body of DraftDisclosure or PublishDisclosure with the figures it leaves out filled in; any other body as it is. */
export function withFigures({ sql }: Office, coop: string, name: CommandName, body: unknown): unknown {
  if (name !== 'DraftDisclosure' && name !== 'PublishDisclosure') return body
  const { quarter } = Object(body) as { quarter?: unknown }
  if (!quarterField.safeParse(quarter).success) return body
  const stage = name === 'DraftDisclosure' ? 'draft' : 'publish'
  const { figuresHash, closings } = disclosable(sql, coop, String(quarter), stage, sha256)
  return { figuresHash, ...(stage === 'publish' ? { closings } : {}), ...(body as object) }
}

const sha256 = (text: string): string => hash('sha256', text, 'hex')
