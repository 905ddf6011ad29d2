import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Command, InvalidArgumentError } from 'commander'
import { attachOriginals, type Original } from '../../ledger/documents.ts'
import { fileBlobs } from '../../store/blobs-node.ts'
import { cliActor } from '../actor.ts'
import { writing } from '../offices.ts'
import { type Common, common, ofCoop } from '../options.ts'
import { print, printJson, refused } from '../output.ts'

type Options = Common & { coop: string; voucher: string; see?: string; as?: string }

const HELP = `
收 PDF、JPEG、PNG、OFD、XML，每个不超过 10 MB，按内容认种类。文件按指纹（SHA-256）存进数据目录的 attachments/，
账本只记指纹。同一份文件已经附在别的凭证后面的，用 --see 写明那张凭证（附件见×号凭证）。`

/** `attach FILE…`: the electronic originals of a voucher. */
export function attachCommand(): Command {
  return ofCoop(common(new Command('attach')))
    .description('给凭证附原始凭证（电子文件）')
    .argument('<FILE...>', '文件，可写多个；要么全部附上，要么一个也不附')
    .requiredOption('--voucher <N>', '凭证号，如 2025-03-记-15', voucher)
    .option('--see <N>', '附件见哪张凭证', voucher)
    .option('--as <ACTOR>', '以谁的名义')
    .addHelpText('after', HELP)
    .action(async (paths: string[], options: Options) => {
      const done = await run(
        paths.map(path => readFileSync(path)),
        options,
      )
      if (options.json) printJson(done)
      else print(told(done, paths, options))
    })
}

async function run(files: Uint8Array[], { data, coop, voucher, see, as }: Options) {
  const content = files.map(bytes => hash('sha256', bytes, 'hex')).join('')
  return writing(data, async ({ ledger, store, now }) => {
    const done = await attachOriginals(
      { ledger, store, now, blobs: fileBlobs(data) },
      {
        ...{ coop, voucher, files, actor: cliActor(as) },
        ...(see === undefined ? {} : { seeVoucher: see }),
        commandId: `attach-${hash('sha256', `${voucher} ${see ?? ''} ${content}`, 'hex').slice(0, 40)}`,
      },
    )
    if ('refusal' in done) throw refused(done.refusal)
    return done
  })
}

function told(
  done: { originals: Original[]; repeated: boolean },
  paths: readonly string[],
  { voucher }: Options,
): string {
  const head = done.repeated ? `这些文件已经附在 ${voucher} 后面：` : `已附在 ${voucher} 后面：`
  return [head, ...done.originals.map(({ hash, kind }, index) => `${hash.slice(0, 12)} ${kind} ${paths[index]}`)].join(
    '\n',
  )
}

function voucher(text: string): string {
  if (!/^\d{4}-\d{2}-记-\d+$/.test(text)) throw new InvalidArgumentError('凭证号要写成 2025-03-记-15。')
  return text
}
