/** What `EVENTSTORE_URL` says: where the server is, and before which names this ledger's streams have a prefix there. */
export type ServerAddress = { readonly url: string; readonly prefix: string }

/** Words no prefix may be: names of streams that have none begin with them. */
const taken = ['coop-', 'ledger-', 'vault-']

/**
 * Reads `esdb://user:password@host:2113?tls=true&prefix=county-`; the prefix is ours and not the client's. Throws, with a
 * sentence, for a prefix that is not lower-case letters and digits with one dash at the end.
 */
export function serverAddress(text: string): ServerAddress {
  const [start = '', query] = text.split('?', 2)
  const options = (query ?? '').split('&').filter(option => option !== '')
  const prefix = options.find(option => option.startsWith('prefix='))?.slice('prefix='.length) ?? ''
  if (prefix !== '' && (!/^[a-z][a-z0-9]*-$/.test(prefix) || taken.includes(prefix))) {
    throw new Error(
      `EVENTSTORE_URL 里的 prefix=${prefix} 要用小写字母和数字，以一个短横结尾，且不能是 ${taken.join('、')}`,
    )
  }
  const rest = options.filter(option => !option.startsWith('prefix=')).join('&')
  return { url: rest === '' ? start : `${start}?${rest}`, prefix }
}
