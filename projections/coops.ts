import type { Sql } from '../src/store/sql.ts'
import type { ProjectedEvent, Projection } from './projection.ts'
import { insert, put } from './rows.ts'

/** Each co-op's profile, officers, accounts, closed months, rules, what it has published and what was objected to. */
export const coops: Projection = {
  name: 'coops',
  version: 2,
  tables: {
    coops: `coop TEXT NOT NULL, name TEXT NOT NULL, credit_code TEXT, level TEXT NOT NULL, first_day TEXT NOT NULL,
      charter TEXT NOT NULL, demo INTEGER NOT NULL, by_import INTEGER NOT NULL, address TEXT, phone TEXT,
      supervisor_phone TEXT, PRIMARY KEY (coop)`,
    heads: `coop TEXT NOT NULL, revision INTEGER NOT NULL, hash TEXT NOT NULL, recorded_at TEXT NOT NULL,
      PRIMARY KEY (coop)`,
    officers: `coop TEXT NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL, from_day TEXT NOT NULL, until_day TEXT,
      resolution TEXT, revision INTEGER NOT NULL, until_revision INTEGER, PRIMARY KEY (coop, person, role, from_day)`,
    kinships: `coop TEXT NOT NULL, revision INTEGER NOT NULL, person TEXT NOT NULL, relative TEXT NOT NULL,
      relation TEXT NOT NULL, PRIMARY KEY (coop, revision)`,
    sub_accounts: `coop TEXT NOT NULL, account TEXT NOT NULL, opened_on TEXT NOT NULL, PRIMARY KEY (coop, account)`,
    bank_accounts: `coop TEXT NOT NULL, account TEXT NOT NULL, id TEXT NOT NULL, bank TEXT NOT NULL, kind TEXT NOT NULL,
      last_four TEXT NOT NULL, owner TEXT NOT NULL, PRIMARY KEY (coop, account)`,
    closed_months: `coop TEXT NOT NULL, month TEXT NOT NULL, vouchers INTEGER NOT NULL, debit TEXT NOT NULL,
      credit TEXT NOT NULL, unreconciled TEXT, uncounted TEXT, closed_at TEXT NOT NULL, PRIMARY KEY (coop, month)`,
    closed_years: `coop TEXT NOT NULL, year INTEGER NOT NULL, surplus TEXT NOT NULL, distributable TEXT NOT NULL,
      voucher TEXT NOT NULL, PRIMARY KEY (coop, year)`,
    surplus: `coop TEXT NOT NULL, year INTEGER NOT NULL, revision INTEGER NOT NULL, retained TEXT NOT NULL,
      distributable TEXT NOT NULL, apart TEXT NOT NULL, on_day TEXT NOT NULL, PRIMARY KEY (coop, year, revision)`,
    reserves: `coop TEXT NOT NULL, year INTEGER NOT NULL, rate TEXT NOT NULL, base TEXT NOT NULL, amount TEXT NOT NULL,
      date TEXT NOT NULL, voucher TEXT NOT NULL, revision INTEGER NOT NULL, PRIMARY KEY (coop, year)`,
    review_rules: `coop TEXT NOT NULL, rule TEXT NOT NULL, text TEXT NOT NULL, authorised_by TEXT NOT NULL,
      from_day TEXT NOT NULL, PRIMARY KEY (coop, rule)`,
    drafts: `coop TEXT NOT NULL, quarter TEXT NOT NULL, cutoff TEXT NOT NULL, at_revision INTEGER NOT NULL,
      figures_hash TEXT NOT NULL, revision INTEGER NOT NULL, PRIMARY KEY (coop, quarter)`,
    reviews: `coop TEXT NOT NULL, quarter TEXT NOT NULL, revision INTEGER NOT NULL, by TEXT NOT NULL,
      officer TEXT NOT NULL, on_day TEXT NOT NULL, opinion TEXT NOT NULL, PRIMARY KEY (coop, quarter, revision)`,
    disclosures: `coop TEXT NOT NULL, quarter TEXT NOT NULL, version INTEGER NOT NULL, cutoff TEXT NOT NULL,
      posted_on TEXT NOT NULL, objection_from TEXT NOT NULL, objection_to TEXT NOT NULL, at_revision INTEGER NOT NULL,
      figures_hash TEXT NOT NULL, closings TEXT NOT NULL, correction TEXT, revision INTEGER NOT NULL,
      recorded_at TEXT NOT NULL, PRIMARY KEY (coop, quarter, version)`,
    objections: `coop TEXT NOT NULL, id TEXT NOT NULL, on_day TEXT NOT NULL, about TEXT NOT NULL, resolution TEXT,
      quarter TEXT, person TEXT, answered_on TEXT, answer TEXT, revision INTEGER NOT NULL, answered_revision INTEGER,
      PRIMARY KEY (coop, id)`,
  },
  apply(tx, event) {
    putHead(tx, event)
    applyFacts(tx, event)
  },
  filling: () => {
    const last = new Map<string, ProjectedEvent>()
    return {
      get held() {
        return last.size
      },
      take(tx, event) {
        last.set(event.coop, event)
        applyFacts(tx, event)
      },
      write(tx) {
        for (const event of last.values()) putHead(tx, event)
        last.clear()
      },
    }
  },
}

function putHead(tx: Sql, { coop, revision, hash, recordedAt }: ProjectedEvent): void {
  tx.run('INSERT OR REPLACE INTO heads VALUES (?, ?, ?, ?)', coop, revision, hash, recordedAt)
}

function applyFacts(tx: Sql, event: ProjectedEvent): void {
  applyPeople(tx, event)
  applyBooks(tx, event)
  applyDisclosures(tx, event)
}

const asJson = (value: object | undefined): string | undefined => value && JSON.stringify(value)

function applyPeople(tx: Sql, event: ProjectedEvent): void {
  const { coop, revision } = event
  switch (event.type) {
    case 'CoopEstablished': {
      const { name, creditCode, level, firstDay, charter, demo, contact, byImport = false } = event.data
      insert(tx, 'coops', {
        ...{ coop, name, credit_code: creditCode, level, first_day: firstDay, charter: JSON.stringify(charter) },
        ...{ demo: demo ? 1 : 0, by_import: byImport ? 1 : 0 },
        ...{ address: contact?.address, phone: contact?.phone, supervisor_phone: contact?.supervisorPhone },
      })
      break
    }
    case 'OfficerAppointed': {
      const { person, role, from, resolution } = event.data
      put(tx, 'officers', { coop, person, role, from_day: from, resolution, revision })
      break
    }
    case 'OfficerRemoved':
      tx.run(
        `UPDATE officers SET until_day = ?, until_revision = ?
          WHERE coop = ? AND person = ? AND role = ? AND until_day IS NULL`,
        ...[event.data.on, revision, coop, event.data.person, event.data.role],
      )
      break
    case 'KinshipDeclared':
      insert(tx, 'kinships', { coop, revision, ...event.data })
      break
    case 'ReviewRuleAuthorised': {
      const { rule, text, authorisedBy, from } = event.data
      put(tx, 'review_rules', { coop, rule, text, authorised_by: authorisedBy, from_day: from })
      break
    }
  }
}

function applyBooks(tx: Sql, event: ProjectedEvent): void {
  const { coop, revision } = event
  switch (event.type) {
    case 'SubAccountOpened':
      put(tx, 'sub_accounts', { coop, account: event.data.account, opened_on: event.data.on })
      break
    case 'BankAccountRegistered': {
      const { lastFour, ...account } = event.data
      put(tx, 'bank_accounts', { coop, ...account, last_four: lastFour })
      break
    }
    case 'PeriodClosed': {
      const { unreconciled, uncounted, ...closed } = event.data
      const open = { unreconciled: asJson(unreconciled), uncounted: asJson(uncounted) }
      insert(tx, 'closed_months', { coop, ...closed, ...open, closed_at: event.recordedAt })
      break
    }
    case 'PeriodReopened':
      tx.run('DELETE FROM closed_months WHERE coop = ? AND month = ?', coop, event.data.month)
      break
    case 'YearClosed': {
      const { year, surplus, distributable, voucher } = event.data
      insert(tx, 'closed_years', { coop, year, surplus, distributable, voucher: voucher.number })
      break
    }
    case 'SurplusComputed': {
      const { year, retained, distributable, notDistributable, on } = event.data
      const apart = JSON.stringify(notDistributable)
      insert(tx, 'surplus', { coop, year, revision, retained, distributable, apart, on_day: on })
      break
    }
    case 'ReserveSetAside': {
      const { year, rate, base, amount, voucher } = event.data
      const booked = { date: voucher.date, voucher: voucher.number }
      insert(tx, 'reserves', { coop, year, rate, base, amount, ...booked, revision })
      break
    }
  }
}

function applyDisclosures(tx: Sql, event: ProjectedEvent): void {
  const { coop, revision } = event
  switch (event.type) {
    case 'DisclosureDrafted': {
      const { quarter, cutoff, revision: at, figuresHash } = event.data
      put(tx, 'drafts', { coop, quarter, cutoff, at_revision: at, figures_hash: figuresHash, revision })
      break
    }
    case 'DisclosureReviewed': {
      const { quarter, by, officer, on, opinion } = event.data
      insert(tx, 'reviews', { coop, quarter, revision, by, officer, on_day: on, opinion })
      break
    }
    case 'DisclosurePublished': {
      const { quarter, version, postedOn, objectionFrom, objectionTo, figuresHash, closings } = event.data
      const draft = tx.get<{ cutoff: string }>(
        'SELECT cutoff FROM drafts WHERE coop = ? AND quarter = ?',
        coop,
        quarter,
      )
      insert(tx, 'disclosures', {
        ...{ coop, quarter, version, cutoff: draft?.cutoff ?? '', posted_on: postedOn },
        ...{ objection_from: objectionFrom, objection_to: objectionTo, at_revision: event.data.revision },
        ...{ figures_hash: figuresHash, closings: JSON.stringify(closings), revision, recorded_at: event.recordedAt },
      })
      break
    }
    case 'DisclosureCorrected':
      tx.run(
        'UPDATE disclosures SET correction = ? WHERE coop = ? AND quarter = ? AND version = ?',
        ...[event.data.reason, coop, event.data.quarter, event.data.version],
      )
      break
    case 'ObjectionRaised': {
      const { id, on, about, resolution, quarter, person } = event.data
      insert(tx, 'objections', { coop, id, on_day: on, about, resolution, quarter, person, revision })
      break
    }
    case 'ObjectionAnswered':
      tx.run(
        'UPDATE objections SET answered_on = ?, answer = ?, answered_revision = ? WHERE coop = ? AND id = ?',
        ...[event.data.on, event.data.answer, revision, coop, event.data.id],
      )
      break
  }
}
