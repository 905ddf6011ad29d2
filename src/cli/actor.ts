import { userInfo } from 'node:os'

/** Who acts through the command line: the name given with `--as`, or whoever holds the files; `… via cli`. */
export function cliActor(name: string | undefined): string {
  return `${name?.trim() || loginName()} via cli`
}

function loginName(): string {
  try {
    return userInfo().username
  } catch {
    return '本机用户'
  }
}
