import type { Verification } from './facts.ts'

/** Where a paper can be checked: the public page's address, and the first 64 bits of its fingerprint (hex) to compare. */
export function verificationAt(url: string, fingerprint: string): Verification {
  const code = (fingerprint.slice(0, 16).toUpperCase().match(/.{4}/g) ?? []).join('-')
  return { url, code, text: '手机扫码打开公开栏，把网页上的公开指纹和纸上的核对：一样就是同一份数字。' }
}
