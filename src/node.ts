// Nothing newer may be imported statically here: an older Node must get as far as saying what is wrong.
import { versions } from 'node:process'

const NEEDED = [24, 15] as const

const [major = 0, minor = 0] = versions.node.split('.').map(Number)
if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  console.error(
    `明账需要 Node ${NEEDED.join('.')} 或更新的版本，这里是 ${versions.node}。\n` +
      '请在项目目录里先运行 npm ci，再用 npm run -s mz -- … 启动：它自带合适的版本。',
  )
  process.exitCode = 1
} else {
  const { main } = await import('./cli/main.ts')
  process.exitCode = await main(process.argv.slice(2))
}
