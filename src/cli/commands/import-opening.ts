import { readFileSync, writeFileSync } from 'node:fs'
import { Command } from 'commander'
import { allCoops } from '../../../projections/profile.ts'
import { importOpening, type OpeningImported } from '../../ledger/import-opening.ts'
import { openingTemplate } from '../../ledger/import-opening-template.ts'
import { readWorkbook } from '../../ledger/workbook-node.ts'
import type { Office } from '../../office.ts'
import { cliActor } from '../actor.ts'
import { clusterAddress, ledgerFile, reading, writing } from '../offices.ts'
import { type Common, common } from '../options.ts'
import { CliError, print, printJson, refused } from '../output.ts'

type Options = Common & {
  coop?: string
  template?: string
  dryRun?: boolean
  openAccounts?: boolean
  values?: boolean
  as?: string
}

const HELP = `
FILE.xlsx 是期初余额工作簿：科目、往来明细、资金、未付分红福利、租户、银行未达、凭证起始号各一张表，“科目”不能缺。
先用 import opening --template 期初.xlsx 写出带例子和下拉选择的空表。期初日就是建账日；年中建账填年初数和本年累计。
借贷、资金、明细与总账都要相符，有一处不符就什么也不写，并逐格指出（如 科目!F12）。
先要办好：建社、登记银行账户、设立资金、导入成员、登记资产和合同。`

/** `import opening FILE.xlsx`: what the books begin with, from a workbook. */
export function importOpeningCommand(): Command {
  return common(new Command('opening'))
    .description('导入期初余额工作簿（.xlsx），或写出空表')
    .argument('[FILE.xlsx]', '填好的工作簿')
    .option('--coop <CODE>', '组织编号')
    .option('--template <FILE.xlsx>', '写出带例子的空表')
    .option('--open-accounts', '遇到没有的明细科目就开设')
    .option('--values', '公式单元格取表里保存的结果')
    .option('--dry-run', '只检查，什么也不写')
    .option('--as <ACTOR>', '以谁的名义')
    .addHelpText('after', HELP)
    .action(act)
}

async function act(file: string | undefined, options: Options): Promise<void> {
  const { template, coop, json } = options
  if (template !== undefined) {
    writeFileSync(template, await openingTemplate(), { flag: 'wx' })
    if (json) printJson({ template })
    else print(`已写出 ${template}，请把例子换成本社的数字。`)
    return
  }
  if (file === undefined || coop === undefined)
    throw new CliError('MissingOption', '请写明要导入的 .xlsx 文件和 --coop；要空表请用 --template。')
  ledgerFile(options.data)
  const done = await run(options, coop, readFileSync(file))
  if (json) printJson(done)
  else print(told(done))
}

async function run(options: Options, coop: string, bytes: Uint8Array): Promise<OpeningImported> {
  const { data, dryRun = false, openAccounts = false, values = false } = options
  const sheets = await readWorkbook(bytes)
  const at = async (office: Office): Promise<OpeningImported> => {
    const demo = allCoops(office.sql)[0]?.demo ?? false
    const settings = { coop, bytes, actor: cliActor(options.as), dryRun, demo, sheets, openAccounts, values }
    const done = await importOpening(office, settings)
    if ('refusal' in done) throw refused(done.refusal)
    return done
  }
  // On a node even a trial begins with what is on the server now.
  return dryRun && !clusterAddress() ? reading(data, at) : writing(data, at)
}

function told(done: OpeningImported): string {
  if (done.importedAt) return `这个文件已导入过（${done.importedAt}），没有再写入。`
  const { dryRun, waiting, on, accounts, details, claims, leases, voucher, opened, banks } = done
  const written = waiting ? '已提交，等另一个人复核后入账' : '已导入'
  const head = dryRun ? '检查通过，可以导入（没有写入任何内容）' : written
  const parts = `${accounts} 个科目，往来明细 ${details} 行，未付款项 ${claims} 笔，合同 ${leases} 份`
  return [
    `${head}：${on} 期初余额（${voucher}），${parts}。`,
    ...(opened.length > 0 ? [`新开明细科目 ${opened.length} 个：${opened.join('、')}`] : []),
    ...Object.entries(banks).map(([account, { opening, outstanding }]) => {
      const given = outstanding.map(item => `--outstanding ${item.voucher}=${item.amount}`).join(' ')
      return `${account}：第一份对账单的期初应为 ${opening}${given ? `，录入时加 ${given}` : ''}`
    }),
  ].join('\n')
}
