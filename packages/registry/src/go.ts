import type { Dialect } from "./make-wire.ts"

/** Written small, with ! before what is a capital letter. */
const letters = "(?:[a-z0-9_~-]|![a-z])"
const element = `${letters}+(?:\\.+${letters}+)*`
const host = "[a-z0-9-]+(?:\\.[a-z0-9-]+)+"
const modulePath = `${host}(?:/${element})*`
const more = "(?:[a-z0-9._~+-]|![a-z])*"
const version = `v[0-9]+\\.[0-9]+\\.[0-9]+(?:[+-]${more})?`
const database = "sumdb/sum\\.golang\\.org"
const tile = "tile/[0-9]+/(?:[0-9]+|data)/(?:x?[0-9]{3}/)*[0-9]{3}(?:\\.p/[0-9]+)?"
const documents = [
  `${modulePath}/@latest`,
  `${modulePath}/@v/(?:list|[a-z0-9]${more}\\.info)`,
  `${database}/(?:supported|latest|lookup/${modulePath}@${version}|${tile})`,
]
const nameMax = 300

/** What changes once it is said: which versions there are, and how long the log of their hashes is. */
const changes = new RegExp(`/(?:list|@latest|supported|latest|(?!${version})[^/]*\\.info)$`)

/** Where the public database of hashes has those of a module's version. */
const lookupOf = (of: string, at: string) => `sumdb/sum.golang.org/lookup/${of}@${at}`

/**
 * The wire of Go's module proxies, with the public database of hashes. A document is whatever they answer
 * that is no module; files are a version's archive and its go.mod, with the hashes that the database has.
 */
export const go: Dialect = {
  name: "go",
  type: "text/plain; charset=utf-8",
  accept: "*/*",
  documentBytesMax: 16 * 1024 * 1024,
  documentPath: new RegExp(`^/(?=.{1,${nameMax}}$)(${documents.join("|")})$`),
  fileAt(path) {
    const [, of, at, file] = filePath.exec(path) ?? []
    return of && at && file ? { of: lookupOf(of, at), file } : undefined
  },
  urlOf: (name, base) => new URL(name, base),
  changes: (name) => changes.test(name),
  seeks: true,
}

const filePath = new RegExp(`^/(?=.{1,${nameMax}}$)(${modulePath})/@v/(${version})\\.(zip|mod)$`)
