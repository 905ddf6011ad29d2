/** Who acted, for a signature: `M00012 via web` → the person's name; any other actor without the way it came. */
export function signerWith(resolve: (code: string) => string | undefined): (actor: string) => string {
  return actor => {
    const who = actor.replace(/ via \S+$/, '')
    return resolve(who) ?? who
  }
}
