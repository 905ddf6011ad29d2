import { join } from 'node:path'
import { Command } from 'commander'
import type { DisclosureEdition } from '../../../reports/disclosure/data.ts'
import type { Office } from '../../office.ts'
import { knownCoop } from '../coops.ts'
import { writeWhole } from '../files.ts'
import { reading } from '../offices.ts'
import { type Common, common, ofCoop, oneOf, quarter } from '../options.ts'
import { CliError, print, printJson } from '../output.ts'
import { drawDisclosure, drawResolution } from '../papers.ts'

type Options = Common & {
  coop: string
  quarter?: string
  resolution?: string
  out: string
  edition: DisclosureEdition
  origin: string
}

const HELP = `
--quarter 写出 DIR/decision.pdf（决议公开）和 DIR/outcome.pdf（结果公开）；还没有发布的季度带“未发布”水印。
--resolution 写出一项决议的决议公开。两者写一个。`

/** `disclose`: a quarter's pair, or the notice of one resolution, as PDF. */
export function discloseCommand(): Command {
  return ofCoop(common(new Command('disclose')))
    .description('两公开（PDF）：一个季度的一对，或一项决议的公告')
    .option('--quarter <Q>', '季度，如 2025Q4', quarter)
    .option('--resolution <NO>', '决议编号，如 2025-3')
    .requiredOption('--out <PATH>', '季度写目录，决议写文件')
    .option('--edition <EDITION>', 'public 对外，members 对内', oneOf('public', 'members'), 'public')
    .option('--origin <URL>', '纸上二维码指向的网址', 'http://127.0.0.1:8080')
    .addHelpText('after', HELP)
    .action(async (options: Options) => {
      if ((options.quarter === undefined) === (options.resolution === undefined))
        throw new CliError('BadUsage', '--quarter 和 --resolution 要写一个，也只能写一个。')
      const files = await reading(options.data, office => written(office, options))
      if (options.json) printJson({ files })
      else print(`已写出 ${files.join('、')}。`)
    })
}

async function written(office: Office, { quarter, resolution, out, edition, ...place }: Options): Promise<string[]> {
  const { name } = knownCoop(office, place.coop)
  if (quarter !== undefined) {
    const kinds = ['decision', 'outcome'] as const
    const papers = await Promise.all(kinds.map(kind => drawDisclosure(office, place, quarter, kind, edition)))
    return kinds.map((kind, index) => save(join(out, `${kind}.pdf`), papers[index]!))
  }
  const paper = await drawResolution(office, place, resolution ?? '')
  if (!paper) throw new CliError('ResolutionUnknown', `${name}没有编号为 ${resolution} 的已表决决议。`)
  return [save(out, paper)]
}

function save(file: string, bytes: Uint8Array): string {
  writeWhole(file, bytes)
  return file
}
