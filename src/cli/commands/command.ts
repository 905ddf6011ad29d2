import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { type CommandName, commands } from '../../domain/commands.ts'
import { waitsFor } from '../../domain/governance/reviewers.ts'
import type { Fact } from '../../ledger/ledger.ts'
import type { Office } from '../../office.ts'
import { cliActor } from '../actor.ts'
import { withFigures } from '../figures.ts'
import { noteHead } from '../heads.ts'
import { nowhere, wouldBegin, writing } from '../offices.ts'
import { type Common, common, ofCoop } from '../options.ts'
import { CliError, print, printJson, refused } from '../output.ts'

type Options = Common & { coop: string; as?: string; id?: string }
type Done = { events: Fact[]; repeated: boolean }
/** What was done, and a sentence about it when it waits for somebody else. */
type Told = Done & { waits?: string | undefined }

const HELP = `
内容是一个 JSON 对象，格式用 commands NAME 查看；不写文件名就从标准输入读。
同一个 --id 再提交同样的内容，得到第一次的结果；内容不同则不接受。
DraftDisclosure 和 PublishDisclosure 的 figuresHash、closings 可以不填，由账上的数算出。`

/** `command NAME`: any command of the ledger; prints the events it made, or ends with the refusal. */
export function commandCommand(): Command {
  return ofCoop(common(new Command('command')))
    .description('办理一项业务（任何业务命令）')
    .argument('<NAME>', '命令名，如 PostVoucher')
    .argument('[FILE.json]', '内容；不写则读标准输入')
    .option('--as <ACTOR>', '以谁的名义')
    .option('--id <ID>', '命令编号，重试时用同一个')
    .addHelpText('after', HELP)
    .action(async (name: string, file: string | undefined, options: Options) => {
      if (!Object.hasOwn(commands, name))
        throw new CliError('CommandUnknown', `没有“${name}”这个命令，请用 commands 查看。`)
      if (options.id !== undefined && !/^\S{1,100}$/.test(options.id))
        throw new CliError('BadId', '--id 要是 1 到 100 个字符，不含空格。')
      const done = await run(name as CommandName, bodyOf(file), options)
      if (options.json) printJson(done)
      else print(told(done))
    })
}

async function run(
  name: CommandName,
  body: unknown,
  { data, coop, as, id = `cli-${randomUUID()}` }: Options,
): Promise<Told> {
  const at = async (office: Office): Promise<Done> => {
    const whole = withFigures(office, coop, name, body)
    const answer = await office.ledger.execute({ coop, name, body: whole, actor: cliActor(as), commandId: id })
    if ('refusal' in answer) throw refused(answer.refusal)
    return answer
  }
  // A directory is made only once it is known that there will be something in it.
  if (wouldBegin(data)) await nowhere(at)
  return writing(data, async office => {
    const done = await at(office)
    if (done.events.some(({ type }) => type === 'DisclosurePublished')) noteHead(data, office, coop)
    return { ...done, waits: waitsFor(await office.ledger.state(coop), done.events) }
  })
}

function bodyOf(file: string | undefined): unknown {
  if (file === undefined && process.stdin.isTTY)
    throw new CliError('NoBody', '请写明 FILE.json，或从标准输入给出内容。')
  const text = readFileSync(file ?? 0, 'utf8').replace(/^\ufeff/, '')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new CliError('BadJson', `内容不是合法的 JSON：${(error as Error).message}`)
  }
}

function told({ events, repeated, waits }: Told): string {
  const lines = events.map(
    ({ revision, type, data, hash }) => `${revision} ${type} ${hash.slice(0, 12)} ${JSON.stringify(data)}`,
  )
  const heading = repeated ? '这个命令办理过，以下是第一次的结果：' : '已办理：'
  return [...(waits && !repeated ? [] : [heading]), ...(waits ? [waits] : []), ...lines].join('\n')
}
