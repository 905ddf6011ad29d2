import type { Sql } from '../src/store/sql.ts'
import type { Projection } from './projection.ts'
import { insertEach, presented, put } from './rows.ts'

/** What goes with vouchers: electronic originals by their content, and templates of recurring vouchers. */
export const papers: Projection = {
  name: 'papers',
  version: 1,
  tables: {
    documents: `coop TEXT NOT NULL, voucher TEXT NOT NULL, hash TEXT NOT NULL, ordinal INTEGER NOT NULL,
      kind TEXT NOT NULL, size INTEGER NOT NULL, see_voucher TEXT, attached_at TEXT NOT NULL,
      PRIMARY KEY (coop, voucher, hash)`,
    voucher_templates: `coop TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL, summary TEXT NOT NULL,
      lines TEXT NOT NULL, PRIMARY KEY (coop, id)`,
  },
  indexes: ['CREATE INDEX documents_by_hash ON documents (coop, hash)'],
  apply(tx, { coop, type, data, recordedAt }) {
    if (type === 'DocumentsAttached') {
      const items = data.documents.map(({ hash, kind, size, seeVoucher = null }) => [hash, kind, size, seeVoucher])
      const shared = { coop, voucher: data.attachedTo, attached_at: recordedAt }
      insertEach(tx, 'documents', shared, ['hash', 'kind', 'size', 'see_voucher'], items)
    }
    if (type === 'VoucherTemplateSaved') {
      const { id, title, summary, lines } = data
      put(tx, 'voucher_templates', { coop, id, title, summary, lines: JSON.stringify(lines) })
    }
    if (type === 'VoucherTemplateRemoved')
      tx.run('DELETE FROM voucher_templates WHERE coop = ? AND id = ?', coop, data.id)
  },
}

/** An electronic original of a voucher; `seeVoucher` when another voucher holds it already. Size in bytes. */
export type DocumentRow = {
  hash: string
  kind: string
  size: number
  seeVoucher: string | undefined
  attachedAt: string
}

/** A voucher's originals in the order they were attached. */
export function documentsOf(sql: Sql, coop: string, voucher: string): DocumentRow[] {
  return sql
    .all(
      `SELECT hash, kind, size, see_voucher AS seeVoucher, attached_at AS attachedAt FROM documents
        WHERE coop = ? AND voucher = ? ORDER BY attached_at, ordinal`,
      ...[coop, voucher],
    )
    .map(row => presented<DocumentRow>(row))
}

/** The kind of a document that some voucher of the co-op holds, by its SHA-256; undefined when none does. */
export function keptKind(sql: Sql, coop: string, hash: string): DocumentKind | undefined {
  return sql.get<{ kind: DocumentKind }>('SELECT kind FROM documents WHERE coop = ? AND hash = ? LIMIT 1', coop, hash)
    ?.kind
}
type DocumentKind = 'pdf' | 'jpeg' | 'png' | 'ofd' | 'xml'

/** The vouchers that hold a document, by its SHA-256. */
export function vouchersWith(sql: Sql, coop: string, hash: string): string[] {
  return sql
    .all<{ voucher: string }>(
      'SELECT voucher FROM documents WHERE coop = ? AND hash = ? ORDER BY attached_at',
      coop,
      hash,
    )
    .map(({ voucher }) => voucher)
}

/** Every original that a ledger names, with the voucher it is attached to, co-op by co-op. */
export function attachedFiles(sql: Sql): { coop: string; hash: string; where: string }[] {
  return sql.all('SELECT coop, hash, voucher AS "where" FROM documents ORDER BY coop, attached_at, voucher, ordinal')
}

/** 常用凭证; an amount is there when it is always the same. */
export type Template = {
  id: string
  title: string
  summary: string
  lines: { account: string; side: 'debit' | 'credit'; amount?: string; fund?: string; counterparty?: string }[]
}

/** The templates in use, by name. */
export function templatesOf(sql: Sql, coop: string): Template[] {
  const rows = sql.all<{ id: string; title: string; summary: string; lines: string }>(
    'SELECT id, title, summary, lines FROM voucher_templates WHERE coop = ? ORDER BY title, id',
    coop,
  )
  return rows.map(row => ({ ...row, lines: JSON.parse(row.lines) as Template['lines'] }))
}

/** The summaries this co-op writes most, the commonest first: what the entry form offers. */
export function usualSummaries(sql: Sql, coop: string, limit = 200): string[] {
  return sql
    .all<{ summary: string }>(
      `SELECT summary FROM vouchers WHERE coop = ? AND type = 'VoucherPosted'
        GROUP BY summary ORDER BY count(*) DESC, summary LIMIT ?`,
      ...[coop, limit],
    )
    .map(({ summary }) => summary)
}
