import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** Waits until a file's content is on the disk. */
export function flush(path: string): void {
  flushOpened(path, 'r+')
}

/** Waits until a folder's list of names is on the disk; Windows does so by itself, and refuses to be asked. */
export function flushNames(folder: string): void {
  if (process.platform !== 'win32') flushOpened(folder, 'r')
}

/** Makes a folder if it is not there, and returns when its name is on the disk: what is kept in it can be lost with that. */
export function makeFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true })
  if (first === undefined) return
  for (let made = resolve(folder); made.length >= first.length; made = dirname(made)) flushNames(dirname(made))
}

function flushOpened(path: string, flags: string): void {
  const file = openSync(path, flags)
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
