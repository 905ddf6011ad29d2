import { Command } from 'commander'
import { knownCoop } from '../coops.ts'
import { reading } from '../offices.ts'
import { type Common, common, ofCoop, wholeNumber } from '../options.ts'
import { print, printJson } from '../output.ts'
import { progress } from '../progress.ts'
import { statementsOf, writeStatements } from '../statements.ts'

type Options = Common & { coop: string; year: number; out: string }

const HELP = `
写出 DIR/<成员码>.pdf 和 DIR/manifest.json（各人股份、分红金额和文件的 SHA-256，金额之和等于宣告总额）。`

/** `statements`: everybody's statement of a year, and the manifest to check them by. */
export function statementsCommand(): Command {
  return ofCoop(common(new Command('statements')))
    .description('全体的分红对账单（PDF）和核对清单')
    .requiredOption('--year <Y>', '年度', wholeNumber(1950, 2099))
    .requiredOption('--out <DIR>', '写到哪个目录')
    .addHelpText('after', HELP)
    .action(({ data, coop, year, out, json }: Options) =>
      reading(data, async office => {
        knownCoop(office, coop)
        const source = statementsOf(office, coop, year)
        const shown = progress('对账单', source.codes.length)
        const { declared } = await writeStatements(source, out, done => shown.to(done))
        shown.end()
        if (json) printJson({ directory: out, statements: source.codes.length, declared })
        else print(`已写出 ${source.codes.length} 份对账单到 ${out}，分红合计 ${declared} 元。`)
      }),
    )
}
