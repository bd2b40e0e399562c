import {
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { dirname, join } from "node:path"

/** Writes what its input says below a folder: `{ files: { path: text }, links: { path: target } }`. */
const [, , folder = "", ownFolder = ""] = process.argv
const { files, links } = JSON.parse(readFileSync(0, "utf8"))

for (const [path, text] of Object.entries<string>(files)) {
  put(path, (target) => writeFileSync(target, text, { mode: 0o600 }))
}
for (const [path, to] of Object.entries<string>(links)) {
  // What it leads to may be made later by the engine; a folder of the store's own is made now.
  if (to.startsWith(ownFolder)) mkdirSync(to, { recursive: true })
  put(path, (target) => symlinkSync(to, target))
}

function put(path: string, make: (target: string) => void): void {
  const target = join(folder, path)
  mkdirSync(dirname(target), { recursive: true })
  rmSync(`${target}.new`, { recursive: true, force: true })
  make(`${target}.new`)
  // A folder of that name is in the way of a rename, and nobody else's.
  if (lstatSync(target, { throwIfNoEntry: false })?.isDirectory()) {
    rmSync(target, { recursive: true })
  }
  renameSync(`${target}.new`, target)
}
