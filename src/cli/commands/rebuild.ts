import { Command } from 'commander'
import { READ_MODELS } from '../../../projections/read-models.ts'
import { rebuild } from '../../../projections/runner.ts'
import { Faults, type SetAside } from '../../../projections/set-aside.ts'
import { knownCoop } from '../coops.ts'
import { ledgerFile, writing } from '../offices.ts'
import { type Common, common } from '../options.ts'
import { CliError, print, printJson } from '../output.ts'
import { progress } from '../progress.ts'

type Options = Common & { coop?: string }

/** `rebuild`: drops the read models and fills them again from the log, all or one co-op's rows. */
export function rebuildCommand(): Command {
  return common(new Command('rebuild'))
    .description('丢弃报表数据，从账本重建')
    .option('--coop <CODE>', '只重建一个组织的')
    .action(async ({ data, coop, json }: Options) => {
      ledgerFile(data)
      await writing(data, async office => {
        if (coop !== undefined) knownCoop(office, coop)
        const stream = coop === undefined ? undefined : `coop-${coop}`
        const total = office.sql.get<{ events: number }>(
          'SELECT count(*) AS events FROM events WHERE ? IS NULL OR stream_id = (SELECT id FROM streams WHERE name = ?)',
          ...[stream ?? null, stream ?? null],
        )
        const shown = progress('重建', total?.events ?? 0)
        const faults = new Faults()
        const onProgress = (done: number) => shown.to(done)
        const options = { ...(coop === undefined ? {} : { coop }), onProgress, faults }
        const events = rebuild(office.sql, READ_MODELS, office.events(), options)
        shown.end()
        const damaged = [...faults]
        if (damaged.length > 0) throw stopped(damaged)
        if (json) printJson({ events })
        else print(`已从 ${events} 条事件重建报表数据。`)
      })
    })
}

function stopped(damaged: readonly SetAside[]): CliError {
  const where = damaged.map(({ coop, position }) => `${coop}（第 ${position} 条事件）`).join('、')
  const said = `这些组织的账本有损坏，报表没有重建：${where}；其余的已重建。请运行 verify 检查。`
  return new CliError('ChainBroken', said, { damaged })
}
