import { Command, type Option } from 'commander'

/** Each command's module is loaded when it is asked for: most need neither the fonts nor the server. */
const COMMANDS: Record<string, () => Promise<() => Command>> = {
  demo: async () => (await import('./commands/demo.ts')).demoCommand,
  serve: async () => (await import('./commands/serve.ts')).serveCommand,
  import: async () => (await import('./commands/import.ts')).importCommand,
  export: async () => (await import('./commands/export.ts')).exportCommand,
  bank: async () => (await import('./commands/bank.ts')).bankCommand,
  attach: async () => (await import('./commands/attach.ts')).attachCommand,
  report: async () => (await import('./commands/report.ts')).reportCommand,
  statement: async () => (await import('./commands/statement.ts')).statementCommand,
  statements: async () => (await import('./commands/statements.ts')).statementsCommand,
  disclose: async () => (await import('./commands/disclose.ts')).discloseCommand,
  command: async () => (await import('./commands/command.ts')).commandCommand,
  commands: async () => (await import('./commands/commands.ts')).commandsCommand,
  verify: async () => (await import('./commands/verify.ts')).verifyCommand,
  rebuild: async () => (await import('./commands/rebuild.ts')).rebuildCommand,
  archive: async () => (await import('./commands/archive.ts')).archiveCommand,
  backup: async () => (await import('./commands/backup.ts')).backupCommand,
  restore: async () => (await import('./commands/restore.ts')).restoreCommand,
  allocate: async () => (await import('./commands/allocate.ts')).allocateCommand,
}

const TITLES: Record<string, string> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
}

/** The command line for these arguments: the command they name, or all of them; errors are thrown, not printed. */
export async function buildProgram(args: readonly string[]): Promise<Command> {
  const program = new Command('mz').description('明账：集体经济的账本、个人对账单和两公开')
  const asked = args.find(arg => !arg.startsWith('-')) ?? ''
  const names = Object.hasOwn(COMMANDS, asked) ? [asked] : Object.keys(COMMANDS)
  for (const name of names) program.addCommand((await COMMANDS[name]!())())
  program.addHelpText('after', '\n每个命令都可加 --help 看用法，--data DIR 指定数据目录，--json 让程序读结果。')
  settle(program)
  return program
}

// Commander hands settings on only to commands it makes itself.
function settle(command: Command): void {
  command
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .configureHelp({ styleTitle: title => TITLES[title] ?? title, optionDescription: described })
    .helpOption('--help', '显示用法')
    .helpCommand(false)
  for (const child of command.commands) settle(child)
}

function described({ description, defaultValue }: Option): string {
  return defaultValue === undefined || defaultValue === '' ? description : `${description}（默认 ${defaultValue}）`
}
