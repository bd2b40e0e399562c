import type { Settings } from "./options.ts"

/**
 * Two versions of a store can run beside each other: each on a side of its own, with other sockets and another
 * work folder.
 */
export const sides = ["a", "b"] as const
export type Side = (typeof sides)[number]
export const otherSide = (side: Side): Side => (side === "a" ? "b" : "a")

/** What one store has on this host. Only the five folders below its own are the store's to write. */
export function placesOf({ dataRoot, stateDir }: Settings, id: string) {
  const home = `${dataRoot}/stores/${id}`
  return {
    home,
    record: `${home}/store.json`,
    logs: `${home}/logs`,
    files: `${home}/files`,
    /** of each side */
    works: { a: `${home}/work`, b: `${home}/work-b` } satisfies Record<Side, string>,
    /** of tools, which belong to no side */
    work: `${home}/work`,
    tmp: `${home}/tmp`,
    /** of a datastore that is a file */
    data: `${home}/data`,
    sockets: `${stateDir}/s/${id}`,
  }
}
export type Places = ReturnType<typeof placesOf>

export const ownFolders = (places: Places) => [
  places.files,
  places.works.a,
  places.works.b,
  places.tmp,
  places.data,
]

/** What a process is called by its side: in its environment, its socket and its log. */
export const partOf = (name: string, side: Side) => (side === "a" ? name : `${name}${ofB}`)
const ofB = ".b"
export const nameOfPart = (part: string) => (part.endsWith(ofB) ? part.slice(0, -ofB.length) : part)
