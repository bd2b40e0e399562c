import { readdir, readFile, stat } from "node:fs/promises"
import { join } from "node:path"
import { z } from "zod"
import { type AppFile, type Starter, starterFile } from "./starter.ts"

/** What tools leave in a folder in which an app was tried; never part of a starter. */
const leftByTools = new Set([
  ...["node_modules", ".next", ".cache", "__pycache__", ".pytest_cache", ".venv", ".cargo-home"],
])
const fileBytesMax = 2 * 1024 * 1024
/** The folder beside the starters that keeps what several of them have in common. */
const partsName = "parts"

/**
 * Every starter of a folder, by id. It reads all of them at each call: whoever asks often keeps the
 * answer.
 *
 * @throws with the file and all that is wrong in it
 */
export async function readStarters(folder: string): Promise<Starter[]> {
  const names = await foldersIn(folder)
  const parts = names.includes(partsName) ? await readParts(join(folder, partsName)) : new Map()
  const ids = names.filter((name) => name !== partsName)
  return Promise.all(ids.map((id) => readStarter(join(folder, id), id, parts)))
}

type Parts = ReadonlyMap<string, readonly AppFile[]>

/** The files of every part, by its name. */
async function readParts(folder: string): Promise<Parts> {
  const names = await foldersIn(folder)
  const files = names.map(async (name) => [name, await readFiles(join(folder, name), "")] as const)
  return new Map(await Promise.all(files))
}

/** One starter, from its own folder. @throws with the file and all that is wrong in it */
async function readStarter(folder: string, id: string, parts: Parts): Promise<Starter> {
  const file = join(folder, "starter.json")
  const parsed = starterFile.safeParse(await readJson(file))
  if (!parsed.success) throw new Error(`${file} is wrong:\n${z.prettifyError(parsed.error)}`)
  if (parsed.data.id !== id) throw new Error(`${file}: its id is not its folder's name, ${id}`)
  const [own, light, dark] = await Promise.all([
    readFiles(join(folder, "files"), ""),
    readPicture(join(folder, "picture-light.webp")),
    readPicture(join(folder, "picture-dark.webp")),
  ])
  const { parts: named, ...rest } = parsed.data
  const files = [["its own files", own] as const, ...named.map((name) => partOf(name, parts, file))]
  return { ...rest, files: overlaid(files, file), pictures: { light, dark } }
}

function partOf(name: string, parts: Parts, file: string) {
  const files = parts.get(name)
  if (files) return [`the part ${name}`, files] as const
  const there = [...parts.keys()].join(", ") || "none"
  throw new Error(`${file}: there is no part ${name}; there is ${there}`)
}

/** All files in one app, by path in order. Nobody's takes another's place: it would be missed. */
function overlaid(layers: (readonly [string, readonly AppFile[]])[], file: string): AppFile[] {
  const from = new Map<string, string>()
  for (const [layer, files] of layers)
    for (const { path } of files) {
      const other = from.get(path)
      if (other) throw new Error(`${file}: ${path} is in ${other} and in ${layer}; keep it once`)
      from.set(path, layer)
    }
  return layers.flatMap(([, files]) => files).sort(byPath)
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory())
  return folders.map(({ name }) => name).sort()
}

const byPath = (one: AppFile, other: AppFile) => (one.path < other.path ? -1 : 1)

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8")
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`${file} is no JSON: ${error instanceof Error ? error.message : error}`)
  }
}

/** @param below path inside the app's files that ends with `/`, or nothing */
async function readFiles(folder: string, below: string): Promise<AppFile[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const found = entries
    .filter(({ name }) => !leftByTools.has(name))
    .map(async (entry) => {
      const path = `${below}${entry.name}`
      const place = join(folder, entry.name)
      if (entry.isDirectory()) return readFiles(place, `${path}/`)
      if (!entry.isFile()) throw new Error(`${place}: a starter has files and folders only`)
      if ((await stat(place)).size > fileBytesMax)
        throw new Error(`${place}: larger than ${fileBytesMax} bytes`)
      return [{ path, content: await readFile(place) }]
    })
  return (await Promise.all(found)).flat()
}

async function readPicture(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined
    throw error
  }
}
