import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { stringify } from 'csv-stringify/sync'
import { type Allocated, allocatePool } from '../../domain/allocation.ts'
import { readYuan, yuan } from '../../domain/money.ts'
import { readShares, sharesText } from '../../domain/shares.ts'
import { BadFile, type Problem, readCsv } from '../../ledger/import-csv.ts'
import { type Common, common } from '../options.ts'
import { CliError, print, printJson } from '../output.ts'

type Options = Common & { pool: string; shares: string; run: string }

const COLUMNS = [
  { name: 'holder', titles: ['持股人', '成员码'] },
  { name: 'shares', titles: ['股份', '股数', '份额'] },
] as const

const HELP = `
输入列：holder,shares；输出列：holder,shares,amount，顺序不变。
先按比例舍到分，余下的分依小数部分从大到小各给一分；小数部分相同的，按 SHA-256(批次编号 ‖ holder) 从小到大。
金额之和恒等于总额，与名单顺序无关。`

/** `allocate`: divides a pool of yuan over holders by shares, exactly to the fen; needs no ledger. */
export function allocateCommand(): Command {
  return common(new Command('allocate'))
    .description('只做分配计算：按股份把一笔总额分到分')
    .requiredOption('--pool <AMOUNT>', '总额（元），如 2000000.00')
    .requiredOption('--shares <FILE.csv>', '股份清单')
    .option('--run <ID>', '批次编号，决定尾差的先后', '')
    .addHelpText('after', HELP)
    .action(({ pool, shares, run, json }: Options) => {
      const fen = readYuan(pool)
      if (fen === undefined || fen <= 0)
        throw new CliError('BadAmount', '--pool 要写成 2000000.00 的样子：大于零，最多两位小数，不带逗号。')
      const holders = holdersOf(readFileSync(shares))
      const rows = allocatePool(fen, holders, code => hash('sha256', `${run}${code}`, 'hex')).map(written)
      if (json) printJson({ pool: yuan(fen), run, rows })
      else print(stringify([['holder', 'shares', 'amount'], ...rows.map(row => [row.holder, row.shares, row.amount])]))
    })
}

function holdersOf(bytes: Uint8Array): { code: string; shares: number }[] {
  const { rows } = readCsv(bytes, COLUMNS)
  const problems: Problem[] = []
  const holders = new Map<string, number>()
  for (const { line, cells } of rows) {
    const shares = readShares(cells.shares)
    if (shares === undefined) problems.push({ line, reason: 'shares：要写成 12.5 的样子：不为负，最多六位小数' })
    if (cells.holder === '') problems.push({ line, reason: 'holder：不能为空' })
    else if (holders.has(cells.holder)) problems.push({ line, reason: `holder：${cells.holder} 在名单里出现了两次` })
    holders.set(cells.holder, shares ?? 0)
  }
  if (problems.length > 0) throw new BadFile(problems)
  if ([...holders.values()].every(shares => shares === 0))
    throw new BadFile([{ line: 2, reason: '股份之和是零，无法分配' }])
  return [...holders].map(([code, shares]) => ({ code, shares }))
}

function written({ code, shares, amount }: Allocated): { holder: string; shares: string; amount: string } {
  return { holder: code, shares: sharesText(shares), amount: yuan(amount) }
}
