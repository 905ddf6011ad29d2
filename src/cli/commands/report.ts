import { Command } from 'commander'
import { stringify } from 'csv-stringify/sync'
import { trialBalanceOf } from '../../../projections/trial-balance.ts'
import { knownCoop } from '../coops.ts'
import { reading } from '../offices.ts'
import { type Common, common, ofCoop, oneOf, period } from '../options.ts'
import { print, printJson } from '../output.ts'

type Options = Common & { coop: string; period: string; format?: 'json' | 'csv'; fund?: string }

const COLUMNS = ['account', 'name', 'opening', 'debit', 'credit', 'closing'] as const

/** `report trial-balance`: opening, debit, credit, closing of every account and sub-account in yuan, debit positive. */
export function reportCommand(): Command {
  const command = new Command('report').description('报表')
  const balance = ofCoop(common(new Command('trial-balance'))).description('科目余额表（借方为正）')
  balance.requiredOption('--period <PERIOD>', '2025-12、2025Q4 或 2025', period)
  balance.option('--format <FORMAT>', 'json 或 csv（默认）', oneOf('json', 'csv'))
  balance.option('--fund <FUND>', '只看一项资金')
  command.addCommand(balance.action((options: Options) => trialBalance(options)))
  return command
}

function trialBalance({ data, coop, period, format, fund, json }: Options): Promise<void> {
  return reading(data, office => {
    knownCoop(office, coop)
    const rows = trialBalanceOf(office.sql, coop, period, fund)
    if (format === 'json' || (json && format === undefined)) printJson(rows)
    else print(stringify([[...COLUMNS], ...rows.map(row => COLUMNS.map(column => row[column]))]))
  })
}
