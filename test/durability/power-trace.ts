import { readFileSync } from 'node:fs'
import type { Op } from './power-disk.ts'

/** Calls that change files, or say something; those the model does not know are traced so that none goes unseen. */
const KNOWN =
  'openat,write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat'
const COPYING = 'copy_file_range,sendfile'
const UNKNOWN = 'creat,open,writev,pwritev,pwritev2,truncate,fallocate,link,linkat,symlink,symlinkat'
/** strace's options: every text whole and as hexadecimal, every descriptor with its path. */
export const POWER_TRACE = ['-y', '-xx', '-s', '16777216', '-e', `trace=${KNOWN},${COPYING},${UNKNOWN}`]

type Call = { name: string; args: string; result: string }
const CALL = /^(\d+) +(\w+)\((.*)\) += (-?\d+.*)$/
const BEGUN = /^(\d+) +(.*) <unfinished \.\.\.>$/
const RESUMED = /^(\d+) +<\.\.\. \w+ resumed>(.*)$/

/** What the traced program did below the folder, in order, and what it wrote to its standard output. */
export function opsIn(trace: string, root: string): Op[] {
  const ops = new Ops(root)
  for (const call of callsIn(readFileSync(trace, 'latin1'))) ops.add(call)
  return ops.list
}

/** The calls that succeeded, and the flushes that failed; one that another thread's interrupted stands where it ended. */
function* callsIn(text: string): Iterable<Call> {
  const begun = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [, thread = '', start] = BEGUN.exec(line) ?? []
    if (start !== undefined) {
      begun.set(thread, start)
      continue
    }
    const [, resumed = '', end] = RESUMED.exec(line) ?? []
    const whole = end === undefined ? line : `${resumed} ${begun.get(resumed)}${end}`
    const [, , name, args, result] = CALL.exec(whole) ?? []
    const failed = result?.startsWith('-') && name !== 'fsync'
    if (name !== undefined && !failed) yield { name, args: args!, result: result! }
  }
}

class Ops {
  readonly list: Op[] = []
  readonly #root: string
  /** Where each descriptor's next `write` goes. */
  readonly #positions = new Map<string, number>()

  constructor(root: string) {
    this.#root = root
  }

  add(call: Call): void {
    for (const op of this.#opsOf(call)) if (op.did === 'say' || this.#mine(op.path)) this.list.push(op)
  }

  #opsOf({ name, args, result }: Call): Op[] {
    const [paths, texts] = [filesIn(args), textsIn(args)]
    const numbers = args.split(', ')
    const [path = ''] = paths
    if (name === 'openat') return this.#opened(args, result)
    if (name === 'write' && args.startsWith('1<')) return [{ did: 'say', text: `${texts[0]}`.trimEnd() }]
    if (![...paths, ...texts.map(String)].some(each => this.#mine(each))) return []
    const length = Number.parseInt(result, 10)
    const bytes = texts[0]?.subarray(0, length) ?? Buffer.alloc(0)
    if (name === 'write') return [{ did: 'write', path, at: this.#moved(args, length), bytes }]
    if (name === 'pwrite64') return [{ did: 'write', path, at: Number(numbers.at(-1)), bytes }]
    if (name === 'ftruncate') return [{ did: 'resize', path, size: Number(numbers.at(-1)) }]
    if (name === 'fsync' || name === 'fdatasync') return [{ did: length < 0 ? 'fail' : 'flush', path }]
    if (name.startsWith('rename')) return [{ did: 'rename', path: `${texts[0]}`, to: `${texts[1]}` }]
    if (name.startsWith('unlink') || name === 'rmdir') return [{ did: 'remove', path: `${texts[0]}` }]
    if (name.startsWith('mkdir')) return [{ did: 'folder', path: `${texts[0]}` }]
    if (name === 'copy_file_range') return [this.#copied(numbers.slice(0, 2), numbers[2]!, length)]
    if (name === 'sendfile') return [this.#copied(numbers.slice(1, 3), numbers[0]!, length)]
    throw new Error(`the program used ${name}, which the model of the disk does not know`)
  }

  #opened(args: string, result: string): Op[] {
    const [path = ''] = filesIn(result)
    this.#positions.set(descriptor(result), 0)
    return [
      ...(args.includes('O_CREAT') ? [{ did: 'create', path } as const] : []),
      ...(args.includes('O_TRUNC') ? [{ did: 'resize', path, size: 0 } as const] : []),
    ]
  }

  /** A copy by the kernel: from where the call says (`[4096]`), or else from where the source was read to. */
  #copied([source = '', offset = '']: string[], target: string, length: number): Op {
    const said = /^\[(\d+)/.exec(offset)?.[1]
    const fromAt = said === undefined ? this.#moved(source, length) : Number(said)
    const at = this.#moved(target, length)
    return { did: 'copy', path: filesIn(target)[0]!, at, from: filesIn(source)[0]!, fromAt, length }
  }

  /** Where a descriptor stood, before it moves on. */
  #moved(text: string, by: number): number {
    const file = descriptor(text)
    const at = this.#positions.get(file)!
    this.#positions.set(file, at + by)
    return at
  }

  #mine(path: string): boolean {
    return path === this.#root || path.startsWith(`${this.#root}/`)
  }
}

const descriptor = (text: string): string => /^\d+/.exec(text)![0]

/** The paths of descriptors: `21<\x2f…>`. A file without a name any more can be lost by no power cut. */
const filesIn = (text: string): string[] =>
  [...text.matchAll(/\d<((?:\\x[0-9a-f]{2})+)>(?!\(deleted\))/g)].map(([, hex]) => `${bytesOf(hex!)}`)

const textsIn = (text: string): Buffer[] =>
  [...text.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, hex]) => bytesOf(hex!))

const bytesOf = (hex: string): Buffer => Buffer.from(hex.replaceAll('\\x', ''), 'hex')
