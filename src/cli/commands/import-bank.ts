import { readFileSync } from 'node:fs'
import { Command, InvalidArgumentError } from 'commander'
import { bankAccounts } from '../../../projections/profile.ts'
import { isDay, lastDay } from '../../domain/calendar.ts'
import { type ImportedStatement, importBank } from '../../ledger/import-bank.ts'
import { STAGES } from '../../ledger/import-run.ts'
import type { Office } from '../../office.ts'
import { fileBlobs } from '../../store/blobs-node.ts'
import { cliActor } from '../actor.ts'
import { ownProfiles } from '../kept-files.ts'
import { reading, writing } from '../offices.ts'
import { type Common, common, ofCoop } from '../options.ts'
import { print, printJson, refused } from '../output.ts'
import { progress } from '../progress.ts'

type Outstanding = { voucher: string; amount: string }
type Options = Common & {
  coop: string
  account: string
  profile?: string
  month?: string
  from?: string
  to?: string
  opening?: string
  outstanding: Outstanding[]
  dryRun?: boolean
  as?: string
}

const HELP = `
文件是网银下载的对账单，CSV（UTF-8、GBK）或 .xlsx，表头前后的说明行和合计行不用删。按表头认列：日期，收入和支出两列
（或金额加收支标志，或有正负的金额），余额，流水号，摘要，对方户名。有余额的逐笔核对余额；从新到旧排的自动转过来。
以前录过的流水会认出来，不会重复。摘要和对方户名不写进账本，只留在原文件里（attachments/）。
认不出表头的，在数据目录里写 bank-profiles.json，例如：
  [{ "name": "某行", "columns": { "date": ["过账日"], "amount": ["金额"], "side": ["方向"] },
     "sides": { "in": ["收"], "out": ["付"] } }]
--outstanding 只用于第一份对账单：以前已经入账、银行还没有办的，如 --outstanding 2025-01-记-3=-40.00（付款为负）。`

/** `import bank FILE`: the bank's own statement of an account. */
export function importBankCommand(): Command {
  return ofCoop(common(new Command('bank')))
    .description('录入银行对账单（CSV 或 .xlsx）')
    .argument('<FILE>', '网银下载的文件')
    .requiredOption('--account <102-…>', '银行账户，如 102-基本户')
    .option('--profile <NAME>', '用哪一种列名方案；不写则自动认')
    .option('--month <2025-03>', '整月的对账单', month)
    .option('--from <DAY>', '起始日；文件里写了的不用填', day)
    .option('--to <DAY>', '截止日；文件里写了的不用填', day)
    .option('--opening <AMOUNT>', '期初余额；文件里有余额一列的不用填')
    .option('--outstanding <VOUCHER=AMOUNT>', '期初未达账项，可写多次', outstanding, [])
    .option('--dry-run', '只检查，什么也不写')
    .option('--as <ACTOR>', '以谁的名义')
    .addHelpText('after', HELP)
    .action(async (file: string, options: Options) => {
      const done = await run(options, readFileSync(file))
      if (options.json) printJson(done)
      else print(told(done))
    })
}

async function run(options: Options, bytes: Uint8Array): Promise<ImportedStatement> {
  const { data, coop, account, dryRun = false, as, month: whole, profile, opening } = options
  const from = options.from ?? (whole && `${whole}-01`)
  const to = options.to ?? (whole && lastDay(whole))
  const at = async (office: Office): Promise<ImportedStatement> => {
    const lastFour = bankAccounts(office.sql, coop).find(each => each.account === account)?.lastFour
    const shown = progress(dryRun ? '检查' : '导入', STAGES)
    const done = await importBank(
      { ...portsOf(office), blobs: fileBlobs(data) },
      {
        ...{ coop, account, bytes, actor: cliActor(as), dryRun, profiles: ownProfiles(data) },
        ...{ outstanding: options.outstanding, onStage: shown.to },
        ...(lastFour === undefined ? {} : { lastFour }),
        ...(profile === undefined ? {} : { profile }),
        ...(opening === undefined ? {} : { opening }),
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      },
    ).finally(shown.end)
    if ('refusal' in done) throw refused(done.refusal)
    return done
  }
  return dryRun ? reading(data, at) : writing(data, at)
}

const portsOf = ({ ledger, store, vault, now }: Office) => ({ ledger, store, vault, now })

function told(done: ImportedStatement): string {
  if (done.importedAt) return `这个文件已导入过（${done.importedAt}），没有再写入。`
  const { account, from, to, opening, closing, rows, known, profile, encoding } = done
  const head = done.dryRun ? '检查通过，可以导入（没有写入任何内容）' : '已导入'
  const repeated = known > 0 ? `，其中 ${known} 条以前录过` : ''
  return [
    `${head}：${account} ${from} 至 ${to}，${rows} 条流水${repeated}（${encoding}，${profile}）。`,
    `期初 ${opening} 元，期末 ${closing} 元。`,
    ...done.warnings.map(warning => `注意：${warning}`),
    ...(done.dryRun ? [] : [`接着对账：bank match --coop … --account ${account} --suggest`]),
  ].join('\n')
}

function month(text: string): string {
  if (!/^(19|20)\d\d-(0[1-9]|1[0-2])$/.test(text)) throw new InvalidArgumentError('月份要写成 2025-03。')
  return text
}

function day(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || !isDay(text)) throw new InvalidArgumentError('日期要写成 2025-03-15。')
  return text
}

function outstanding(text: string, before: Outstanding[]): Outstanding[] {
  const [, voucher, amount] = /^(\d{4}-\d{2}-记-\d+)=(-?\d+(?:\.\d{1,2})?)$/.exec(text) ?? []
  if (!voucher || !amount) throw new InvalidArgumentError('要写成 2025-01-记-3=-40.00（付款为负）。')
  return [...before, { voucher, amount }]
}
