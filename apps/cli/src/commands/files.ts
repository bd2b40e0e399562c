import { mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import { dirname, join, relative, resolve, sep } from "node:path"
import { type Asked, type Command, findProject } from "../command.ts"
import { show } from "../show.ts"
import { Ended, exitCodes, usage } from "../surroundings.ts"

export const files: Command = {
  takes: "pull|push [folder]",
  does: "bring a project's files here, or what changed here into the project",
  options: ["project", "yes"],
  signedIn: true,
  run(asked) {
    const [verb = "", folder = "."] = asked.words
    const run = { pull, push }[verb]
    if (!run) throw usage("Say files pull or files push.")
    return run(asked, resolve(asked.cwd, folder))
  },
}

/** Which version a folder was brought from: a push that is not based on the newest is refused. */
const markFile = ".vibecaas-commit"
const ignored = new Set([".git", "node_modules", markFile])

async function pull(asked: Asked, folder: string) {
  const { id: projectId } = await findProject(asked)
  const params = { projectId }
  const { commit, items } = await asked.call("GET /projects/{projectId}/files", { params })
  let written = 0
  for (const { path } of items) {
    const query = { path, ...(commit === null ? {} : { commit }) }
    const file = await asked.call("GET /projects/{projectId}/file", { params, query })
    if (file.binary || file.truncated) {
      asked.say(`left out: ${path} is ${file.binary ? "no text" : "too large"}\n`)
      continue
    }
    await write(inside(folder, path), file.content)
    written += 1
  }
  if (commit !== null) await write(join(folder, markFile), `${commit}\n`)
  show(asked, { commit, written, folder }, () => `${written} files in ${folder}\n`)
  return exitCodes.done
}

/** A path of the project inside the folder: nothing that a project says leads out of it. */
function inside(folder: string, path: string): string {
  const whole = resolve(folder, path)
  if (whole.startsWith(folder + sep)) return whole
  throw new Ended(`${path} would leave ${folder}.`)
}

async function write(file: string, content: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, content)
}

async function push(asked: Asked, folder: string) {
  const { id: projectId } = await findProject(asked)
  const params = { projectId }
  const parent = (await readFile(join(folder, markFile), "utf8").catch(() => "")).trim()
  const there = await asked.call("GET /projects/{projectId}/files", { params })
  if (there.commit !== null && there.commit !== parent) {
    throw new Ended("The project has a newer version than this folder. Pull it first.")
  }
  const changes = await changesIn(asked, folder, { projectId, ...there })
  if (changes.length === 0) {
    asked.say("Nothing changed here.\n")
    return exitCodes.done
  }
  for (const { path, content } of changes) asked.say(`${content === null ? "−" : "+"} ${path}\n`)
  if (!asked.options.yes) {
    asked.say("Nothing was pushed yet: say --yes.\n")
    return exitCodes.done
  }
  const made = await asked.call("POST /projects/{projectId}/commits", {
    params,
    body: {
      message: "Push from the command line",
      changes,
      ...(there.commit === null ? {} : { parent: there.commit }),
    },
  })
  await write(join(folder, markFile), `${made.id}\n`)
  show(asked, made, ({ id }) => `${changes.length} files changed, version ${id.slice(0, 7)}\n`)
  return exitCodes.done
}

interface Before {
  projectId: `prj_${string}`
  commit: string | null
  items: readonly { path: string; size: number }[]
}

async function changesIn({ call }: Asked, folder: string, before: Before) {
  const here = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = here
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => !path.split("/").some((part) => ignored.has(part)))
    .toSorted()
  const changes: { path: string; content: string | null }[] = []
  for (const path of paths) {
    const content = await readFile(join(folder, path), "utf8")
    const known = before.items.some((each) => each.path === path)
    if (known && (await contentOf(call, before, path)) === content) continue
    changes.push({ path, content })
  }
  const gone = before.items.filter(({ path }) => !paths.includes(path))
  for (const { path } of gone) {
    // What was never brought here was not deleted here.
    if ((await contentOf(call, before, path)) !== undefined) changes.push({ path, content: null })
  }
  return changes
}

async function contentOf(call: Asked["call"], { projectId, commit }: Before, path: string) {
  const query = { path, ...(commit === null ? {} : { commit }) }
  const params = { projectId }
  const file = await call("GET /projects/{projectId}/file", { params, query })
  return file.binary || file.truncated ? undefined : file.content
}
