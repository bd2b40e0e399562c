import { parse as parseToml } from "smol-toml"
import { z } from "zod"
import { failed, type PackageFiles } from "../../ecosystem.ts"

/** What people ask for, one package a line. */
export const askedFile = "requirements.in"
/** Which packages are installed, each with its hashes. */
export const lockFile = "requirements.txt"
/** Where a project may name what it asks for instead. */
export const projectFile = "pyproject.toml"

export interface Asked {
  /** as the index calls it */
  name: string
  /** the whole line, without its comment */
  spec: string
  /** needed only while building and testing: its line ends with `# dev` */
  dev: boolean
}

export interface Locked {
  name: string
  version: string
  licence: string | null
  /** needed by others alone */
  needed: boolean
}

/** A name as the index knows it, whichever way it is written. */
export const plainName = (name: string): string => name.replace(/[-_.]+/g, "-").toLowerCase()

const nameOf = (spec: string) => plainName(/^[A-Za-z0-9][A-Za-z0-9._-]*/.exec(spec)?.[0] ?? "")
const isBlank = (line: string) => /^\s*(#|$)/.test(line)

/** What requirements.in asks for, else what pyproject.toml does. @throws Fault `packages_failed` */
export function askedIn(files: PackageFiles): Asked[] | undefined {
  if (files[askedFile] !== undefined) return askedLines(files[askedFile])
  const named = files[projectFile] === undefined ? [] : projectNeeds(files[projectFile])
  return named.length === 0 ? undefined : named
}

/** @throws Fault `packages_failed` for a line that is no package of the registry */
export function askedLines(text: string): Asked[] {
  return text.split("\n").flatMap((line) => {
    if (isBlank(line)) return []
    const [spec = "", comment = ""] = line.split(/\s#/)
    return [{ ...packageIn(spec.trim()), dev: comment.trim() === "dev" }]
  })
}

/** @throws Fault `packages_failed` */
function packageIn(spec: string): Pick<Asked, "name" | "spec"> {
  if (spec.startsWith("-") || /[:/\\]|\s@\s?|@\s/.test(spec.split(";")[0] ?? "") || !nameOf(spec)) {
    throw failed(
      `${spec.slice(0, 120)} is no package of the registry by its name. Only those can be installed.`,
    )
  }
  return { name: nameOf(spec), spec }
}

const needs = z.array(z.string()).optional()
const projectSchema = z.looseObject({
  project: z.looseObject({ dependencies: needs }).optional(),
  "dependency-groups": z.record(z.string(), z.array(z.unknown())).optional(),
})

function projectNeeds(text: string): Asked[] {
  const read = projectSchema.safeParse(tomlIn(text))
  if (!read.success) throw unreadable()
  const groups = Object.values(read.data["dependency-groups"] ?? {}).flat()
  const dev = groups.filter((each) => typeof each === "string")
  return [
    ...(read.data.project?.dependencies ?? []).map((spec) => ({ ...packageIn(spec), dev: false })),
    ...dev.map((spec) => ({ ...packageIn(spec), dev: true })),
  ]
}

function tomlIn(text: string): unknown {
  try {
    return parseToml(text)
  } catch {
    throw unreadable()
  }
}

const unreadable = () => failed(`${projectFile} is no TOML, or its lists of packages are none.`)

/** What requirements.txt locks. @throws Fault `packages_failed` for what has no version or no hash */
export function lockedIn(text: string): Locked[] {
  const entries: (Locked & { hashes: number })[] = []
  for (const line of text.replaceAll("\\\n", " ").split("\n")) {
    if (!isBlank(line)) entries.push(entryIn(line))
    else noteOn(entries.at(-1), line)
  }
  const loose = entries.find(({ hashes }) => hashes === 0)
  if (loose) {
    throw failed(
      `${lockFile} does not say which bytes ${loose.name} has. Install the packages without naming any: then it is written anew.`,
    )
  }
  return entries.map(({ hashes: _, ...locked }) => locked)
}

function entryIn(line: string) {
  const [before = "", ...hashes] = line.split(/\s--hash=sha256:/)
  const spec = (before.split(/\s#/)[0] ?? "").trim()
  const { name } = packageIn(spec)
  const version = /^[^=;<>!~]+===?\s*([^\s;,]+)\s*(;|$)/.exec(spec)?.[1]
  const whole = hashes.every((hash) => /^[0-9a-f]{64}(\s+(#.*)?)?$/.test(hash))
  if (hashes.length > 0 && (version === undefined || !whole)) {
    throw failed(`${lockFile} does not say which version and bytes ${name} has.`)
  }
  return { name, version: version ?? "", licence: null, needed: false, hashes: hashes.length }
}

/** Comments below an entry, as we write them and as pip-compile does. */
function noteOn(entry: Locked | undefined, line: string): void {
  if (!entry) return
  const [, licence] = /^\s+# licence (.{1,80})$/.exec(line) ?? []
  if (licence !== undefined) entry.licence = licence
  if (/^\s+# via(\s|$)/.test(line)) entry.needed = true
}
