import type { EventData } from '../src/domain/events.ts'
import type { Sql } from '../src/store/sql.ts'
import type { Projection } from './projection.ts'
import { insert } from './rows.ts'

/** Every handover between accountants with what was handed over, as JSON; persons as codes. */
export const handovers: Projection = {
  name: 'handovers',
  version: 1,
  tables: {
    handovers: `coop TEXT NOT NULL, revision INTEGER NOT NULL, recorded_at TEXT NOT NULL, on_day TEXT NOT NULL,
      list TEXT NOT NULL, PRIMARY KEY (coop, revision)`,
  },
  apply(tx, { coop, type, data, revision, recordedAt }) {
    if (type !== 'AccountantHandedOver') return
    insert(tx, 'handovers', { coop, revision, recorded_at: recordedAt, on_day: data.on, list: JSON.stringify(data) })
  },
}

export type Handover = EventData<'AccountantHandedOver'> & { recordedAt: string }

/** The handovers of a co-op, newest first: what the list to be signed by three is printed from; amounts in yuan. */
export function handoversOf(sql: Sql, coop: string): Handover[] {
  return sql
    .all<{ list: string; recordedAt: string }>(
      'SELECT list, recorded_at AS recordedAt FROM handovers WHERE coop = ? ORDER BY revision DESC',
      coop,
    )
    .map(({ list, recordedAt }) => ({ ...(JSON.parse(list) as EventData<'AccountantHandedOver'>), recordedAt }))
}
