import { zhCN } from 'zod/locales'
import { type CommandName, commands } from '../domain/commands.ts'
import { refuse } from '../domain/refusal.ts'

const { localeError } = zhCN()
type Problem = Parameters<typeof localeError>[0]

const inChinese = (problem: Problem) => (problem.input === undefined ? '没有填写' : localeError(problem))

/** The checked and canonical body of a command; refuses an unknown command and names every wrong field in Chinese. */
export function parse(name: string, body: unknown): unknown {
  if (!Object.hasOwn(commands, name)) refuse('CommandUnknown', `没有“${name}”这个命令，请用 commands 查看。`)
  const parsed = commands[name as CommandName].schema.safeParse(body, { error: inChinese })
  if (parsed.success) return parsed.data
  const problems: { path: string; problem: string }[] = []
  for (const { path, message } of parsed.error.issues) {
    const name = path.join('.')
    if (!problems.some(({ path }) => path === name)) problems.push({ path: name, problem: message })
  }
  const first = problems[0]
  const count = problems.length > 1 ? `（共 ${problems.length} 处）` : ''
  return refuse('InvalidInput', `填写有误：${first?.path || '内容'}：${first?.problem}${count}`, undefined, {
    problems,
  })
}
