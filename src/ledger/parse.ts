import { zhCN } from 'zod/locales'
import { type CommandName, commands } from '../domain/commands.ts'
import { refuse } from '../domain/refusal.ts'

const inChinese = zhCN().localeError

/** The checked and canonical body of a command; refuses an unknown command and names every wrong field in Chinese. */
export function parse(name: string, body: unknown): unknown {
  if (!Object.hasOwn(commands, name)) refuse('CommandUnknown', `没有“${name}”这个命令，请用 commands 查看。`)
  const parsed = commands[name as CommandName].schema.safeParse(body, { error: inChinese })
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(issue => ({ path: issue.path.join('.'), problem: issue.message }))
  const first = problems[0]
  const count = problems.length > 1 ? `（共 ${problems.length} 处）` : ''
  return refuse('InvalidInput', `填写有误：${first?.path || '内容'}：${first?.problem}${count}`, undefined, {
    problems,
  })
}
