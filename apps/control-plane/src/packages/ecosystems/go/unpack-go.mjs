// Brings Go itself through the registry on this machine's own port, and unpacks it.
//
// usage: unpack-go.mjs PORT VERSION HASH FOLDER, with the version of golang.org/toolchain
import { createHash } from "node:crypto"
import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { inflateRawSync } from "node:zlib"

const [port, version, expected, folder] = process.argv.slice(2)
const answer = await fetch(`http://127.0.0.1:${port}/golang.org/toolchain/@v/${version}.zip`)
if (!answer.ok) {
  console.error(`Go ${version} is not to be had from the registry.`)
  process.exit(1)
}
const zip = Buffer.from(await answer.arrayBuffer())
const entries = entriesOf(zip)
const lines = entries
  .map(({ name, content }) => [name, createHash("sha256").update(content).digest("hex")])
  .sort(([one], [other]) => (one < other ? -1 : 1))
  .map(([name, hash]) => `${hash}  ${name}\n`)
const hash = `h1:${createHash("sha256").update(lines.join("")).digest("base64")}`
if (hash !== expected) {
  console.error("The Go that the registry has is not the one that the platform knows.")
  process.exit(1)
}
const prefix = `golang.org/toolchain@${version}/`
for (const { name, content } of entries) {
  if (name.endsWith("/")) continue
  // As a module it may have no go.mod of its own below its root.
  const path = join(folder, name.slice(prefix.length).replace(/\/_go\.mod$/, "/go.mod"))
  mkdirSync(dirname(path), { recursive: true })
  // Archives of modules have no rights of files.
  const isProgram = /^(bin|pkg\/tool)\//.test(name.slice(prefix.length))
  writeFileSync(path, content, { mode: isProgram ? 0o755 : 0o644 })
}

function entriesOf(archive) {
  const end = archive.lastIndexOf(Buffer.from("PK\x05\x06"))
  const count = archive.readUInt16LE(end + 10)
  let at = archive.readUInt32LE(end + 16)
  return Array.from({ length: count }, () => {
    const [method, packed] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20)]
    const [nameLength, extra, comment] = [28, 30, 32].map((each) => archive.readUInt16LE(at + each))
    const name = archive.toString("utf8", at + 46, at + 46 + nameLength)
    const head = archive.readUInt32LE(at + 42)
    const start = head + 30 + archive.readUInt16LE(head + 26) + archive.readUInt16LE(head + 28)
    at += 46 + nameLength + extra + comment
    const bytes = archive.subarray(start, start + packed)
    return { name, content: method === 8 ? inflateRawSync(bytes) : bytes }
  })
}
