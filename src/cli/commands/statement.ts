import { Command } from 'commander'
import { knownCoop } from '../coops.ts'
import { writeWhole } from '../files.ts'
import { reading } from '../offices.ts'
import { type Common, common, ofCoop, wholeNumber } from '../options.ts'
import { CliError, print, printJson } from '../output.ts'
import { drawStatement, statementsOf } from '../statements.ts'

type Options = Common & { coop: string; member: string; year: number; out: string }

/** `statement`: one person's statement of a year as PDF. */
export function statementCommand(): Command {
  return ofCoop(common(new Command('statement')))
    .description('一个人一年的分红对账单（PDF）')
    .requiredOption('--member <M>', '成员码，如 M00012')
    .requiredOption('--year <Y>', '年度', wholeNumber(1950, 2099))
    .requiredOption('--out <FILE.pdf>', '写到哪个文件')
    .action(({ data, coop, member, year, out, json }: Options) =>
      reading(data, async office => {
        const { name } = knownCoop(office, coop)
        const source = statementsOf(office, coop, year)
        if (!source.codes.includes(member))
          throw new CliError('MemberUnknown', `${name}的登记册里没有 ${member}，请核对成员码。`)
        const bytes = await drawStatement(source, member)
        writeWhole(out, bytes)
        if (json) printJson({ file: out, bytes: bytes.length })
        else print(`已写出 ${out}。`)
      }),
    )
}
