import { CommanderError } from 'commander'
import { CliError, complain } from './output.ts'
import { buildProgram } from './program.ts'

/** Runs one command line; gives the exit code: 0 done, 1 refused or bad input, 2 verification found a fault. */
export async function main(args: readonly string[]): Promise<number> {
  // Whoever reads our output may stop reading; that is no fault.
  process.stdout.on('error', () => {})
  try {
    const program = await buildProgram(args)
    await program.parseAsync(args, { from: 'user' })
    return typeof process.exitCode === 'number' ? process.exitCode : 0
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    complain(error instanceof CommanderError ? usageError(error) : error, args.includes('--json'))
    return 1
  }
}

// Commander explains itself in English; the accountant gets the same in Chinese.
const USAGE: Record<string, (subject: string) => string> = {
  'commander.unknownOption': option => `没有 ${option} 这个选项。`,
  'commander.unknownCommand': command => `没有 ${command} 这个命令。`,
  'commander.missingArgument': argument => `缺少参数 ${argument}。`,
  'commander.missingMandatoryOptionValue': option => `必须写明 ${option}。`,
  'commander.optionMissingArgument': option => `${option} 后面缺少内容。`,
  'commander.excessArguments': command => `${command} 后面的参数太多。`,
  'commander.help': () => '请写明要做什么。',
}

function usageError(error: CommanderError): CliError {
  const subject = /'([^']+)'/.exec(error.message)?.[1] ?? ''
  const reason = /is invalid\. (.+)$/s.exec(error.message)?.[1]
  const said = reason ? `${subject}：${reason}` : (USAGE[error.code]?.(subject) ?? error.message)
  const near = /\(Did you mean (.+)\?\)/.exec(error.message)?.[1]
  return new CliError('BadUsage', `${said}${near ? `是不是要写 ${near}？` : ''}用法请看 --help。`)
}
