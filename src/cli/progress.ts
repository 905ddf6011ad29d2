import { Presets, SingleBar } from 'cli-progress'

/** Shows how far a long piece of work is, on standard error; nothing for what takes under a second. */
export type Progress = { to(done: number): void; end(): void }

const QUIET_MS = 1000
const TENTH = 10

/** A bar where people watch, one line per 10 % elsewhere; `total` in the units `to` is called with. */
export function progress(title: string, total: number): Progress {
  return process.stderr.isTTY ? bar(title, total) : lines(title, total)
}

function bar(title: string, total: number): Progress {
  const began = performance.now()
  let shown: SingleBar | undefined
  return {
    to(done) {
      if (!shown && performance.now() - began > QUIET_MS) {
        shown = new SingleBar(
          { format: `${title} {bar} {percentage}% {value}/{total} 还需 {eta_formatted}` },
          Presets.shades_classic,
        )
        shown.start(total, done)
      }
      shown?.update(Math.min(done, total))
    },
    end: () => shown?.stop(),
  }
}

function lines(title: string, total: number): Progress {
  const began = performance.now()
  let told = 0
  return {
    to(done) {
      const tenths = total === 0 ? TENTH : Math.floor((done * TENTH) / total)
      if (tenths <= told || performance.now() - began < QUIET_MS) return
      told = tenths
      process.stderr.write(`${title} ${Math.min(tenths, TENTH) * TENTH}%（${done}/${total}）\n`)
    },
    end: () => {},
  }
}
