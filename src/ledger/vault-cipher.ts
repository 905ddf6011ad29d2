import { createCipheriv, createDecipheriv } from 'node:crypto'
import { VaultError } from './vault.ts'

/** What a ciphertext is: details under one of a person's two keys, or free text under the sensitive one. */
export type SealClass = 'identity' | 'sensitive' | 'text'

const version = 'v1.'
const nonceBytes = 12
const tagBytes = 16

/** AES-256-GCM ciphertext of a text, bound to a person's code and a class: `v1.` and base64url of nonce, ciphertext, tag. */
export function seal(key: Uint8Array, nonce: Uint8Array, code: string, kind: SealClass, text: string): string {
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(boundTo(code, kind))
  const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return version + sealed.toString('base64url')
}

/** The text again; throws VaultError `SealBroken` if it was altered or belongs to another person, class or key. */
export function open(key: Uint8Array, code: string, kind: SealClass, sealed: string): string {
  const bytes = Buffer.from(sealed.slice(version.length), 'base64url')
  if (!sealed.startsWith(version) || bytes.length < nonceBytes + tagBytes) throw broken(code)
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes))
  decipher.setAAD(boundTo(code, kind))
  decipher.setAuthTag(bytes.subarray(-tagBytes))
  try {
    const text = decipher.update(bytes.subarray(nonceBytes, -tagBytes))
    return Buffer.concat([text, decipher.final()]).toString('utf8')
  } catch {
    throw broken(code)
  }
}

/** How many random bytes `seal` needs for its nonce. */
export const sealNonceBytes = nonceBytes

function boundTo(code: string, kind: SealClass): Buffer {
  return Buffer.from(`mingzhang/seal/v1\n${code}\n${kind}`, 'utf8')
}

function broken(code: string): VaultError {
  return new VaultError(
    'SealBroken',
    `${code} 的密文已损坏或不属于此人（the ciphertext is damaged or not this person's）`,
  )
}
