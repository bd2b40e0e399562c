import { randomUUID } from "node:crypto"
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Clock } from "@vibecaas/kernel/clock"
import type { z } from "zod"
import { asRefusal, Refusal } from "./refusal.ts"
import { readWhole, type Upstream } from "./upstream.ts"

/** What registries say of packages, kept as we read it. */
export interface Documents<T> {
  /**
   * What is known under a name: asked for again when it is older than a few minutes, and as it was
   * when the registry is away. `undefined` when the registry has none.
   */
  read(name: string): Promise<T | undefined>
}

export interface DocumentsOptions<T> {
  root: string
  upstream: Upstream
  clock: Clock
  maxBytes: number
  /** how long it is used without asking again, in `ms` */
  freshMs: number
  accept: string
  schema: z.ZodType<T>
  /** where the registry has it */
  urlOf(name: string): URL
  /** @param before what was known of it; what was promised then must not change */
  parse(name: string, bytes: Buffer, before: T | undefined): T
}

interface Kept<T> {
  document: T
  etag: string | null
  askedAt: number
}

export function makeDocuments<T>(options: DocumentsOptions<T>): Documents<T> {
  const asking = new Map<string, Promise<T | undefined>>()
  const remembered = new Map<string, Kept<T>>()
  const look = async (name: string): Promise<T | undefined> => {
    const kept = remembered.get(name) ?? (await load(options, name))
    const now = options.clock.now().getTime()
    try {
      const fresh = kept && now - kept.askedAt < options.freshMs
      const found = fresh ? kept : await ask(options, name, kept)
      remember(remembered, name, found)
      return found.document
    } catch (error) {
      const { status } = asRefusal(error)
      if (status === 404) return undefined
      if (!kept || status < 500) throw error
      return kept.document
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
  }
}

async function ask<T>(
  options: DocumentsOptions<T>,
  name: string,
  kept: Kept<T> | undefined,
): Promise<Kept<T>> {
  const { upstream, accept } = options
  const condition = kept?.etag ? { "if-none-match": kept.etag } : {}
  const answer = await upstream.get(options.urlOf(name), { accept, ...condition })
  const bytes = await readWhole(answer, options.maxBytes)
  const askedAt = options.clock.now().getTime()
  if (answer.status === 304 && kept) {
    return save(options, name, { ...kept, askedAt })
  }
  const document = options.parse(name, bytes, kept?.document)
  return save(options, name, { document, etag: answer.headers.get("etag"), askedAt })
}

/** Documents kept in memory, since an installation asks for one with each of its files. */
const rememberedMax = 100

function remember<T>(all: Map<string, T>, name: string, found: T): void {
  all.delete(name)
  all.set(name, found)
  const [oldest] = all.keys()
  if (all.size > rememberedMax && oldest !== undefined) all.delete(oldest)
}

const fileOf = (root: string, name: string) => join(root, `${encodeURIComponent(name)}.json`)

async function load<T>(
  { root, schema }: DocumentsOptions<T>,
  name: string,
): Promise<Kept<T> | undefined> {
  const text = await readFile(fileOf(root, name), "utf8").catch(() => undefined)
  if (text === undefined) return undefined
  try {
    const { document, etag, askedAt } = JSON.parse(text)
    return { document: schema.parse(document), etag, askedAt: Number(askedAt) }
  } catch {
    // Half a file or one of another version: the registry is asked anew.
    return undefined
  }
}

async function save<T>(
  options: DocumentsOptions<T>,
  name: string,
  kept: Kept<T>,
): Promise<Kept<T>> {
  const path = fileOf(options.root, name)
  await mkdir(options.root, { recursive: true, mode: 0o700 })
  const unfinished = `${path}.${randomUUID()}.unfinished`
  try {
    await writeFile(unfinished, JSON.stringify(kept), { mode: 0o600 })
    await rename(unfinished, path)
    return kept
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

/** JSON of a registry. @throws Refusal 502 */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"))
  } catch (cause) {
    throw new Refusal(502, "The registry's answer is not JSON.", cause)
  }
}
