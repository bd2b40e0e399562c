// Lists and deletes the files below the folder it is started in: an app's data, in its machine.
//
// usage: node --input-type=module -e PROGRAM < REQUEST
//
// A request is one line of JSON, with an `op`; the answer is JSON: `{"error": …}` with a sentence where it cannot
// be done. Nothing is written, so that it works on a full disk.
import { lstatSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs"
import { dirname, sep } from "node:path"

const limits = { files: 100_000, folders: 40 }
const request = JSON.parse(readFileSync(0, "utf8").split("\n")[0])
const ops = { files, remove }

/** The largest files, and what all of them take on the disk. */
function files({ most }) {
  const seen = { all: [], bytes: 0, whole: true }
  weigh("", 0, seen)
  const items = seen.all.sort((one, other) => other.bytes - one.bytes).slice(0, most)
  return { items, files: seen.whole ? seen.all.length : null, bytes: seen.bytes }
}

function weigh(folder, depth, seen) {
  if (depth > limits.folders) seen.whole = false
  if (!seen.whole) return
  for (const name of readdirSync(folder === "" ? "." : folder)) {
    const path = folder === "" ? name : `${folder}/${name}`
    const stats = lstatSync(path, { throwIfNoEntry: false })
    if (!stats) continue
    if (stats.isDirectory()) weigh(path, depth + 1, seen)
    else if (seen.all.length >= limits.files) seen.whole = false
    else add(path, stats, seen)
    if (!seen.whole) return
  }
}

function add(path, { size, blocks, mtime }, seen) {
  seen.bytes += blocks * 512
  seen.all.push({ path, bytes: size, changedAt: mtime.toISOString() })
}

/** Deletes one file; a link is deleted and never followed, a folder is not deleted by its name. */
function remove({ path }) {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  const gone = { removed: false }
  if (!stats || stats.isDirectory()) return gone
  const [root, parent] = [realpathSync("."), realpathSync(dirname(path))]
  if (parent !== root && !parent.startsWith(root + sep)) return gone
  rmSync(path)
  return { removed: true }
}

try {
  process.stdout.write(JSON.stringify(ops[request.op](request)))
} catch (error) {
  // Where a file stands for a folder there is no such path.
  const none = error.code === "ENOTDIR" || error.code === "ENOENT"
  const answer = none ? { removed: false } : { error: `It could not be done: ${error.message}` }
  process.stdout.write(JSON.stringify(answer))
}
