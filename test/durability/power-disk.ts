import { basename, dirname, join } from 'node:path'
import type { Random } from '../simulation/random.ts'

/** What a program did to the disk, with whole paths; `say` is what it acknowledged, `fail` a flush that failed. */
export type Op = Content | Name | { did: 'flush' | 'fail'; path: string } | { did: 'say'; text: string }
type Content =
  | { did: 'write'; path: string; at: number; bytes: Buffer }
  | { did: 'resize'; path: string; size: number }
  | { did: 'copy'; path: string; at: number; from: string; fromAt: number; length: number }
type Name = { did: 'create' | 'folder' | 'remove'; path: string } | { did: 'rename'; path: string; to: string }

type Change = { at: number; bytes: Buffer } | { size: number }
/** Names of a folder that change in one step, or not at all. */
type Naming = [name: string, node: Node | undefined][]
type File = { settled: Buffer; pending: Change[] }
type Folder = { settled: Map<string, Node>; now: Map<string, Node>; pending: Naming[] }
type Node = File | Folder

/** What a disk writes in one piece; a longer write may be torn between any two of them. */
const SECTOR = 512

/**
 * A disk that promises nothing but what POSIX does: a file's content is on it after the file's fsync, a name after its
 * folder's. Of everything else any part may be there after a power cut, in any order.
 */
export class Disk {
  readonly #root: string
  readonly #top: Folder = folder()

  /** `root` is a folder that was empty and on the disk at the beginning. */
  constructor(root: string) {
    this.#root = root
  }

  /** Takes up what a program did. */
  apply(op: Op): void {
    if (op.did === 'flush') this.#flush(op.path)
    // A kernel may take for written what it could not write: no later flush brings it to the disk.
    else if (op.did === 'fail') this.#node(op.path).pending.splice(0)
    else if (op.did === 'write' || op.did === 'resize' || op.did === 'copy') {
      this.#file(op.path).pending.push(this.#changeOf(op))
    } else if (op.did === 'create' || op.did === 'folder' || op.did === 'remove' || op.did === 'rename') {
      const parent = this.#folder(dirname(op.path))
      const naming = namingOf(op, parent.now)
      settle(parent.now, naming)
      parent.pending.push(naming)
    }
  }

  /** The files (and, as undefined, the folders) that a power cut now could leave, by path below the root. */
  afterCut(random: Random): Map<string, Buffer | undefined> {
    const left = new Map<string, Buffer | undefined>()
    const walk = (node: Folder, path: string) => {
      const share = random.pick([0, 0.5, 1])
      const names = new Map(node.settled)
      for (const naming of node.pending) if (random.chance(share)) settle(names, naming)
      for (const [name, child] of names) {
        const below = join(path, name)
        left.set(below, isFolder(child) ? undefined : survived(child, random))
        if (isFolder(child)) walk(child, below)
      }
    }
    walk(this.#top, '')
    return left
  }

  #changeOf(op: Content): Change {
    if (op.did !== 'copy') return op
    const { settled, pending } = this.#file(op.from)
    const bytes = changed(settled, pending).subarray(op.fromAt, op.fromAt + op.length)
    return { at: op.at, bytes: Buffer.from(bytes) }
  }

  #flush(path: string): void {
    const node = this.#node(path)
    if (isFolder(node)) {
      for (const naming of node.pending.splice(0)) settle(node.settled, naming)
    } else node.settled = changed(node.settled, node.pending.splice(0))
  }

  #node(path: string): Node {
    if (path === this.#root) return this.#top
    const found = this.#folder(dirname(path)).now.get(basename(path))
    if (!found) throw new Error(`${path} is not there`)
    return found
  }

  #folder(path: string): Folder {
    const node = this.#node(path)
    if (!isFolder(node)) throw new Error(`${path} is no folder`)
    return node
  }

  #file(path: string): File {
    const node = this.#node(path)
    if (isFolder(node)) throw new Error(`${path} is a folder`)
    return node
  }
}

const folder = (): Folder => ({ settled: new Map(), now: new Map(), pending: [] })
const isFolder = (node: Node): node is Folder => 'now' in node

function namingOf(op: Name, now: Folder['now']): Naming {
  const name = basename(op.path)
  if (op.did === 'rename') {
    if (dirname(op.to) !== dirname(op.path)) throw new Error(`a move between folders is not modelled: ${op.to}`)
    const moved = now.get(name)
    return [
      [name, undefined],
      [basename(op.to), moved],
    ]
  }
  if (op.did === 'folder') return [[name, folder()]]
  if (op.did === 'remove') return [[name, undefined]]
  return now.has(name) ? [] : [[name, { settled: Buffer.alloc(0), pending: [] }]]
}

function settle(names: Map<string, Node>, naming: Naming): void {
  for (const [name, node] of naming) {
    if (node) names.set(name, node)
    else names.delete(name)
  }
}

/** A file with some of what was not flushed: none, all, or any sectors of it. */
function survived({ settled, pending }: File, random: Random): Buffer {
  const share = random.pick([0, 0.5, 1])
  return changed(
    settled,
    pending.flatMap(sectors).filter(() => random.chance(share)),
  )
}

function sectors(change: Change): Change[] {
  if ('size' in change) return [change]
  const pieces: Change[] = []
  for (let from = 0; from < change.bytes.length; ) {
    const to = Math.min(change.bytes.length, from + SECTOR - ((change.at + from) % SECTOR))
    pieces.push({ at: change.at + from, bytes: change.bytes.subarray(from, to) })
    from = to
  }
  return pieces
}

/** A copy of the content with changes made to it; a hole reads as zeros. */
function changed(content: Buffer, changes: readonly Change[]): Buffer {
  const ends = changes.map(change => ('size' in change ? change.size : change.at + change.bytes.length))
  const room = Buffer.alloc(Math.max(content.length, ...ends))
  content.copy(room)
  let size = content.length
  for (const change of changes) {
    if ('size' in change) {
      room.fill(0, change.size, Math.max(size, change.size))
      size = change.size
    } else {
      change.bytes.copy(room, change.at)
      size = Math.max(size, change.at + change.bytes.length)
    }
  }
  return room.subarray(0, size)
}
