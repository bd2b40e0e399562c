import { createHash, randomUUID } from "node:crypto"
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import type { Clock } from "@vibecaas/kernel/clock"
import { type Document, type Files, filesSchema, withPromises } from "./document.ts"
import { parseDocument } from "./parse-apart.ts"
import type { ParserName } from "./parsers.ts"
import { asRefusal } from "./refusal.ts"
import { filesIn, type Sweepable } from "./sweep.ts"
import { readWhole, type Upstream } from "./upstream.ts"

/** What registries say of packages, kept as we read it. */
export interface Documents {
  /**
   * What is known under a name: asked for again when it is older than a few minutes, and as it was
   * when the registry is away. `undefined` when the registry has none.
   */
  read(name: string): Promise<Document | undefined>
  /** What could go: of a package first what was said, and then also what was promised. */
  list(): Promise<Sweepable[]>
}

export interface DocumentsOptions {
  root: string
  upstream: Upstream
  clock: Clock
  maxBytes: number
  /** how long a document is used without asking again, in `ms` */
  freshMs(name: string): number
  accept: string
  parser: ParserName
  /** where the registry has it */
  urlOf(name: string): URL
}

interface Kept {
  files: Files
  /** absent when only what was promised is left */
  body: Uint8Array | undefined
  etag: string | null
  askedAt: number
}

export function makeDocuments(options: DocumentsOptions): Documents {
  const { root, clock } = options
  const asking = new Map<string, Promise<Document | undefined>>()
  const memory = makeMemory()
  const look = async (name: string): Promise<Document | undefined> => {
    const kept = memory.find(keyOf(name)) ?? (await load(root, name))
    const now = clock.now().getTime()
    try {
      const fresh = kept?.body && now - kept.askedAt < options.freshMs(name)
      const found = fresh ? kept : await ask(options, name, kept)
      memory.keep(keyOf(name), found)
      return asDocument(found)
    } catch (error) {
      const { status } = asRefusal(error)
      if (status === 404) return undefined
      if (!kept?.body || status === 403) throw error
      return asDocument(kept)
    } finally {
      await noteRead(fileOf(root, name), now)
    }
  }
  return {
    read(name) {
      const known = asking.get(name)
      if (known) return known
      const work = look(name).finally(() => asking.delete(name))
      asking.set(name, work)
      return work
    },
    list: () => list(root, (key) => memory.forget(key)),
  }
}

const asDocument = ({ files, body }: Kept): Document | undefined => body && { files, body }

async function ask(options: DocumentsOptions, name: string, kept: Kept | undefined): Promise<Kept> {
  const { root, upstream, accept, clock } = options
  const condition = kept?.body && kept.etag ? { "if-none-match": kept.etag } : {}
  const answer = await upstream.get(options.urlOf(name), { accept, ...condition })
  const bytes = await readWhole(answer, options.maxBytes)
  const askedAt = clock.now().getTime()
  if (answer.status === 304 && kept?.body) {
    return { ...kept, askedAt }
  }
  const document = await parseDocument(options.parser, {
    ...{ name, bytes, base: upstream.base.href, promised: kept?.files ?? {} },
  })
  const found = { ...document, etag: answer.headers.get("etag"), askedAt }
  await save(fileOf(root, name), found)
  await rm(promisesOf(fileOf(root, name)), { force: true })
  return found
}

/** Documents kept in memory, since an installation asks for one with each of its files. */
const rememberedBytesMax = 64 * 1024 * 1024

function makeMemory() {
  const all = new Map<string, Kept>()
  let bytes = 0
  const forget = (key: string) => {
    bytes -= all.get(key)?.body?.length ?? 0
    all.delete(key)
  }
  return {
    find: (key: string) => all.get(key),
    forget,
    keep(key: string, found: Kept) {
      forget(key)
      all.set(key, found)
      bytes += found.body?.length ?? 0
      for (const oldest of all.keys()) {
        if (bytes <= rememberedBytesMax || oldest === key) break
        forget(oldest)
      }
    },
  }
}

const fileOf = (root: string, name: string) => join(root, `${keyOf(name)}.document`)
/** Longest name of a file that has room for what is added to it while it is written. */
const keyMax = 180

/** What is kept of a name is called so. */
function keyOf(name: string): string {
  const key = encodeURIComponent(name)
  return key.length <= keyMax ? key : createHash("sha256").update(name).digest("hex")
}
const promisesOf = (path: string) => path.replace(/document$/, "promises")

/** A file's time says when it was read last. */
async function noteRead(path: string, now: number): Promise<void> {
  await utimes(path, now / 1000, now / 1000).catch(() => {})
}

/** What was said of a package, or else what was promised of its files. */
async function load(root: string, name: string): Promise<Kept | undefined> {
  const path = fileOf(root, name)
  return (await read(path)) ?? (await read(promisesOf(path)))
}

/** One line of what we keep for ourselves, and then what is answered. */
async function read(path: string): Promise<Kept | undefined> {
  try {
    const bytes = await readFile(path)
    const line = bytes.indexOf("\n")
    const { files, etag } = JSON.parse(bytes.toString("utf8", 0, line))
    const body = bytes.subarray(line + 1)
    return {
      files: filesSchema.parse(files),
      body: body.length > 0 ? body : undefined,
      etag,
      // After a start the registry is asked once whether it is still so.
      askedAt: 0,
    }
  } catch {
    // Nothing, half a file or one of another version: the registry is asked anew.
    return undefined
  }
}

async function save(path: string, { files, body, etag }: Kept): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const unfinished = `${path}.${randomUUID()}.unfinished`
  const line = Buffer.from(`${JSON.stringify({ files, etag })}\n`)
  try {
    await writeFile(unfinished, Buffer.concat([line, body ?? Buffer.of()]), { mode: 0o600 })
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

/** What was said may go and be asked for again; what was promised stays for as long as there is room. */
async function list(root: string, forget: (key: string) => void): Promise<Sweepable[]> {
  const files = await filesIn(root)
  return files.map(({ path, ...file }) => {
    if (!path.endsWith(".document")) {
      const last = path.endsWith(".promises")
      return { ...file, last, drop: () => rm(path, { force: true }).then(() => 0) }
    }
    const drop = async () => {
      const left = await leavePromises(path)
      forget(basename(path, ".document"))
      await rm(path, { force: true })
      return left
    }
    return { ...file, last: false, drop }
  })
}

/** Answers how many bytes they take. */
async function leavePromises(path: string): Promise<number> {
  const kept = await read(path)
  if (!kept) return 0
  await save(promisesOf(path), { ...kept, files: withPromises(kept.files, {}), body: undefined })
  return (await stat(promisesOf(path))).size
}
