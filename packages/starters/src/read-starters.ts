import { readdir, readFile, stat } from "node:fs/promises"
import { join } from "node:path"
import { z } from "zod"
import { type AppFile, type Starter, starterFile } from "./starter.ts"

/** What tools leave in a folder in which an app was tried; never part of a starter. */
const leftByTools = new Set([
  ...["node_modules", ".next", ".cache", "__pycache__", ".pytest_cache", ".venv"],
])
const fileBytesMax = 2 * 1024 * 1024

/**
 * Every starter of a folder, by id. It reads all of them at each call: whoever asks often keeps the
 * answer.
 *
 * @throws with the file and all that is wrong in it
 */
export async function readStarters(folder: string): Promise<Starter[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  return Promise.all(names.sort().map((name) => readStarter(join(folder, name), name)))
}

/** One starter, from its own folder. @throws with the file and all that is wrong in it */
async function readStarter(folder: string, id: string): Promise<Starter> {
  const file = join(folder, "starter.json")
  const parsed = starterFile.safeParse(await readJson(file))
  if (!parsed.success) throw new Error(`${file} is wrong:\n${z.prettifyError(parsed.error)}`)
  if (parsed.data.id !== id) throw new Error(`${file}: its id is not its folder's name, ${id}`)
  const [files, light, dark] = await Promise.all([
    readFiles(join(folder, "files"), ""),
    readPicture(join(folder, "picture-light.webp")),
    readPicture(join(folder, "picture-dark.webp")),
  ])
  return { ...parsed.data, files: files.sort(byPath), pictures: { light, dark } }
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
