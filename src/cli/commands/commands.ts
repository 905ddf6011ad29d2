import { Command } from 'commander'
import { z } from 'zod'
import { type CommandName, commands } from '../../domain/commands.ts'
import { type Common, common } from '../options.ts'
import { CliError, print, printJson } from '../output.ts'

/** `commands [NAME]`: the ledger's commands with their titles; with `--json` or a name, their JSON Schemas. */
export function commandsCommand(): Command {
  return common(new Command('commands'))
    .description('列出全部业务命令；写明一个就显示它的填写格式')
    .argument('[NAME]', '命令名')
    .action((name: string | undefined, { json }: Common) => {
      if (name !== undefined && !Object.hasOwn(commands, name))
        throw new CliError('CommandUnknown', `没有“${name}”这个命令，请用 commands 查看。`)
      const names = (name === undefined ? Object.keys(commands).sort() : [name]) as CommandName[]
      if (json) printJson(name === undefined ? names.map(described) : described(names[0]!))
      else print(name === undefined ? listed(names) : schemaText(names[0]!))
    })
}

function described(name: CommandName) {
  const { title, marks, schema } = commands[name]
  return { name, title, marks, schema: z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) }
}

function listed(names: readonly CommandName[]): string {
  const width = Math.max(...names.map(({ length }) => length))
  return names.map(name => `${name.padEnd(width + 2)}${commands[name].title}`).join('\n')
}

function schemaText(name: CommandName): string {
  const { title, schema } = described(name)
  return `${name}  ${title}\n${JSON.stringify(schema, null, 2)}`
}
