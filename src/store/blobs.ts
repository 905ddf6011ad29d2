import { hash } from 'node:crypto'

/** Files by their content: the name of each is its SHA-256 (64 hex digits). What is kept is never changed. */
export interface Blobs {
  /** Keeps a file and gives its name; returns when it is durable. A file that is there already stays as it is. */
  put(bytes: Uint8Array): string
  /** The content of a name, undefined when it is not kept; throws BlobDamaged when it is not what was put in. */
  get(name: string): Uint8Array | undefined
  has(name: string): boolean
}

/** A kept file whose content is not its name's any more: a failing disk, or somebody's hand. */
export class BlobDamaged extends Error {
  readonly code = 'DocumentDamaged'
  readonly blob: string

  constructor(name: string) {
    super(`保存的文件 ${name.slice(0, 12)} 已损坏或被改动，请从备份里取回 attachments 中的同名文件。`)
    this.name = 'BlobDamaged'
    this.blob = name
  }
}

/** The name of a content. */
export const blobName = (bytes: Uint8Array): string => hash('sha256', bytes, 'hex')

/** Whether a text can name a content at all; what cannot must never become a path. */
export const isBlobName = (text: string): boolean => /^[0-9a-f]{64}$/.test(text)

/** The content, once it is shown to be its name's. */
export function checkedBlob(name: string, bytes: Uint8Array): Uint8Array {
  if (blobName(bytes) !== name) throw new BlobDamaged(name)
  return bytes
}
