import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { allCoops } from '../../../projections/profile.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type { Column } from '../../ledger/import-csv.ts'
import { importMembers, MEMBER_COLUMNS } from '../../ledger/import-members.ts'
import { type Imported, type ImportOptions, STAGES } from '../../ledger/import-run.ts'
import { importShares, SHARE_COLUMNS } from '../../ledger/import-shares.ts'
import { importVouchers } from '../../ledger/import-vouchers.ts'
import { VOUCHER_COLUMNS } from '../../ledger/import-vouchers-file.ts'
import { type FileOptions, tableFile } from '../../ledger/import-xlsx.ts'
import type { Office } from '../../office.ts'
import { cliActor } from '../actor.ts'
import { clusterAddress, holdsLedger, nowhere, reading, writing } from '../offices.ts'
import { type Common, common, ofCoop } from '../options.ts'
import { print, printJson, refused } from '../output.ts'
import { progress } from '../progress.ts'
import { importBankCommand } from './import-bank.ts'
import { importLogCommand } from './import-log.ts'
import { importOpeningCommand } from './import-opening.ts'

type Options = Common & { coop: string; dryRun?: boolean; openAccounts?: boolean; as?: string } & FileOptions
type Importer<T extends Imported> = (office: Office, options: ImportOptions) => Promise<T | { refusal: Refusal }>

const FILE = `
文件是带表头的 CSV（UTF-8，有无 BOM 均可；GBK 会自动识别）或 .xlsx 工作簿里的一张表。整个文件要么全部导入，要么一行也不导入；
有错时列出每一处的单元格（如 B12）或行号和原因；--dry-run --json 另列出读到的每一行。同一个文件再导入一次，只会得到“已导入过”。
以 = + @ - 开头、像公式的单元格不接受；确是文字的，前面加半角单引号 '。`

const VOUCHERS = `${FILE}

列：date,voucher,summary,account,debit,credit,fund,counterparty,attachments（后三列可缺；也认中文表头）
  同一个月里 voucher 相同的各行是一张凭证；凭证按日期和在文件里的先后重新编号，原号留作参考号。
  account 写“科目代码”或“科目代码-明细名称”，如 102-基本户。金额如 1234.56，借贷只填一边。
  counterparty：成员码（M00012）照记；单位名称（以“公司、银行、合作社、村委会、店、厂”等字样结尾）照记；
  其余一律当作个人姓名，不写进账本，只记成员码——先按姓名在本社登记册里找，找不到就在资料库里新编一个码；
  同名的有几位时要改填成员码。summary 照原样记入，请不要写姓名。`

const MEMBERS = `${FILE}

列：name,id_number,birth_month,household,bank_account,phone,on,basis
  （姓名,身份证号,出生年月,户号,银行账号,电话,确认日期,依据；身份证号和出生年月至少一项，on 如 2025-03-15，
  出生年月如 1958-07；除 name 和 on 外可缺）`

const SHARES = `${FILE}

列：member 或 id_number（成员码或身份证号）,shares,kind,on,basis
  （份额如 12.5；股别、日期、依据相同的各行是一次配股）`

/** `import vouchers|members|shares FILE.csv`: what was kept elsewhere until now; `import log`: a whole ledger. */
export function importCommand(): Command {
  const command = new Command('import').description('导入历史凭证、名册、股份、银行对账单、期初余额，或整本账的日志')
  command.addCommand(
    kind('vouchers', '导入历史凭证', VOUCHERS, VOUCHER_COLUMNS, importVouchersWith, told => [
      `${told.vouchers} 张凭证（${told.from} 至 ${told.to}）`,
      ...(told.opened.length > 0 ? [`新开明细科目 ${told.opened.length} 个：${told.opened.join('、')}`] : []),
      ...(told.established ? ['新建了这个组织的账'] : []),
      ...(told.enrolled > 0 ? [`${told.enrolled} 位个人新编了成员码`] : []),
    ]).option('--open-accounts', '遇到没有的明细科目就开设；没有这个组织就新建'),
  )
  command.addCommand(
    kind(
      'members',
      '导入成员名册',
      MEMBERS,
      MEMBER_COLUMNS,
      () => importMembers,
      told => [`${told.members} 名成员`],
    ),
  )
  command.addCommand(
    kind(
      'shares',
      '导入股份清单',
      SHARES,
      SHARE_COLUMNS,
      () => importShares,
      told => [`${told.holders} 名持股人`],
    ),
  )
  command.addCommand(importLogCommand())
  command.addCommand(importBankCommand())
  command.addCommand(importOpeningCommand())
  return command
}

const importVouchersWith =
  ({ openAccounts = false }: Options) =>
  (office: Office, options: ImportOptions) =>
    importVouchers(office, { ...options, openAccounts })

function kind<T extends Imported>(
  name: string,
  title: string,
  help: string,
  columns: readonly Column<string>[],
  importer: (options: Options) => Importer<T>,
  facts: (done: T) => string[],
): Command {
  const command = ofCoop(common(new Command(name)))
    .description(title)
    .argument('<FILE>', '要导入的文件，.csv 或 .xlsx')
  command.option('--dry-run', '只检查，什么也不写').option('--as <ACTOR>', '以谁的名义').addHelpText('after', help)
  command.option('--sheet <NAME>', '工作簿里的哪一张表').option('--values', '公式单元格取表里保存的结果')
  return command.action(async (name: string, options: Options) => {
    const file = await tableFile(readFileSync(name), columns, options)
    const { encoding, ...done } = await run(options, importer(options), file.bytes).catch(error => {
      throw file.named(error)
    })
    const whole = { encoding: file.encoding ?? encoding, ...done } as T
    if (options.json) printJson(options.dryRun ? { ...whole, preview: file.rows() } : whole)
    else print(told(whole, facts(whole)))
  })
}

async function run<T extends Imported>(options: Options, importer: Importer<T>, bytes: Uint8Array): Promise<T> {
  const { coop, data, dryRun = false } = options
  const at = async (office: Office, dry: boolean): Promise<T> => {
    const demo = allCoops(office.sql)[0]?.demo ?? false
    const shown = progress(dry ? '检查' : '导入', STAGES)
    const settings = { coop, bytes, actor: cliActor(options.as), dryRun: dry, demo, onStage: shown.to }
    const done = await importer(office, settings).finally(shown.end)
    if ('refusal' in done) throw refused(done.refusal)
    return done
  }
  // On a node even a trial begins with what is on the server now.
  if (clusterAddress()) return writing(data, office => at(office, dryRun))
  if (holdsLedger(data))
    return dryRun ? reading(data, office => at(office, true)) : writing(data, office => at(office, false))
  // A directory is made only once it is known that there will be something in it.
  const tried = await nowhere(office => at(office, true))
  return dryRun ? tried : writing(data, office => at(office, false))
}

function told(done: Imported, facts: readonly string[]): string {
  if (done.importedAt) return `这个文件已导入过（${done.importedAt}），没有再写入。`
  const head = done.dryRun ? '检查通过，可以导入（没有写入任何内容）' : '已导入'
  const warnings = done.warnings.map(warning => `注意：${warning}`)
  return [`${head}：${done.rows} 行（${done.encoding}），${facts.join('；')}。`, ...warnings].join('\n')
}
