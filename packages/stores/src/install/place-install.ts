import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { type Fault, fault } from "@vibecaas/kernel/fault"
import { z } from "zod"
import { readInstalls } from "../catalog.ts"
import { hashTree } from "./tree-hash.ts"

/**
 * An *install* is one version of an engine's software, as a folder that no store may change:
 * `<engines>/<engine>/<version>`. It appears whole or not at all; `install.json` says what it is.
 */
export const installRecord = z.object({
  engine: z.string(),
  version: z.string(),
  /** ISO 8601 */
  installedAt: z.string(),
  /** of all that lies beside it, see `hashTree` */
  sha256: z.string(),
  files: z.int(),
  bytes: z.int(),
  /** what it was made of, e.g. `wordpress 7.1` */
  parts: z.array(z.object({ name: z.string(), version: z.string(), sha256: z.string() })),
})
export type InstallRecord = z.infer<typeof installRecord>

export interface InstallPlace {
  /** absolute; the folder of all engines */
  enginesDir: string
  /** ISO 8601, the moment now */
  now(): string
  newId(): string
}

const recordName = "install.json"
const leftOut = new Set([recordName])
/** Lower-case words, and versions without anything that means something in a path. */
const wordPattern = /^[a-z][a-z0-9-]{0,39}$/
const versionPattern = /^[0-9][0-9A-Za-z.+-]{0,39}$/

export function installDir(enginesDir: string, of: { engine: string; version: string }): string {
  if (!wordPattern.test(of.engine) || !versionPattern.test(of.version))
    throw fault("invalid", { say: `${of.engine}@${of.version} names no version of an engine.` })
  return join(enginesDir, of.engine, of.version)
}

/**
 * Makes an install: `fill` writes into an empty folder and says of what parts; the folder is then
 * named by its hash and takes its place by one rename.
 *
 * @throws Fault `conflict` when it is there already
 */
export async function placeInstall(
  place: InstallPlace,
  of: { engine: string; version: string },
  fill: (dir: string) => Promise<InstallRecord["parts"]>,
): Promise<InstallRecord> {
  const target = installDir(place.enginesDir, of)
  if (await readRecord(target)) throw alreadyThere(of)
  const unfinished = join(place.enginesDir, of.engine, `.${of.version}.${place.newId()}.unfinished`)
  await mkdir(unfinished, { recursive: true, mode: 0o755 })
  try {
    const parts = await fill(unfinished)
    const tree = await hashTree(unfinished, leftOut)
    const record = { ...of, installedAt: place.now(), ...tree, parts }
    await writeFile(join(unfinished, recordName), `${JSON.stringify(record, null, 2)}\n`)
    await rename(unfinished, target).catch((error: NodeJS.ErrnoException) => {
      throw error.code === "ENOTEMPTY" || error.code === "EEXIST" ? alreadyThere(of) : error
    })
    return record
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

const alreadyThere = ({ engine, version }: { engine: string; version: string }): Fault =>
  fault("conflict", {
    say: `${engine} ${version} is installed already. \`bin/engines verify ${engine}@${version}\` checks it; remove it first to install it anew.`,
  })

/** What an install says it is; nothing when there is none, or only a part of one. */
export async function readRecord(dir: string): Promise<InstallRecord | undefined> {
  const text = await readFile(join(dir, recordName), "utf8").catch(() => undefined)
  if (text === undefined) return undefined
  try {
    return installRecord.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** All installs of a folder, by engine, the newest version last. */
export async function listInstalls(enginesDir: string): Promise<InstallRecord[]> {
  const records = await Promise.all(
    (await readInstalls(enginesDir)).map(({ dir }) => readRecord(dir)),
  )
  return records.filter((record) => record !== undefined)
}

/** Whether an install is still what was installed. */
export async function verifyInstall(
  enginesDir: string,
  of: { engine: string; version: string },
): Promise<{ ok: boolean; expected: string; found: string } | undefined> {
  const dir = installDir(enginesDir, of)
  const record = await readRecord(dir)
  if (!record) return undefined
  const { sha256: found } = await hashTree(dir, leftOut)
  return { ok: found === record.sha256, expected: record.sha256, found }
}

/** Takes an install away by one rename, then deletes it. @returns whether it was there */
export async function removeInstall(
  place: InstallPlace,
  of: { engine: string; version: string },
): Promise<boolean> {
  const dir = installDir(place.enginesDir, of)
  const away = join(place.enginesDir, of.engine, `.${of.version}.${place.newId()}.removed`)
  try {
    await rename(dir, away)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false
    throw error
  }
  await rm(away, { recursive: true, force: true })
  return true
}
