/** Where an index has a crate: short names have folders of their own. */
export function indexPath(of: string): string {
  const plain = of.toLowerCase()
  if (plain.length < 3) return `${plain.length}/${plain}`
  if (plain.length === 3) return `3/${plain[0]}/${plain}`
  return `${plain.slice(0, 2)}/${plain.slice(2, 4)}/${plain}`
}

/** The address of an archive as documents have it, until its index says where archives are. */
export const archiveIn = (base: string, of: string, version: string): string =>
  new URL(`archive/${of}/${version}`, base).href
