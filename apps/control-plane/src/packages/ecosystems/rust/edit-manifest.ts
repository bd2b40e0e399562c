import { parse as parseToml } from "smol-toml"
import { failed } from "../../ecosystem.ts"
import { manifestFile, needsIn, readManifest } from "./rust-files.ts"

/** A crate that a project shall ask for. */
export interface Addition {
  name: string
  version: string
  features: readonly string[]
}

const heading = /^\s*\[/
const needsHeading = /^\s*\[(?:target\.(?:"[^"]*"|'[^']*'|[\w-]+)\.)?(?:dev-|build-)?dependencies\]/
const keyOf = (line: string) => /^\s*["']?([A-Za-z0-9_-]+)["']?\s*[=.]/.exec(line)?.[1]

/** Writes what is added into a table of Cargo.toml, and leaves the rest as people wrote it. @throws Fault `packages_failed` */
export function withNeeds(text: string, added: readonly Addition[], dev: boolean): string {
  if (added.length === 0) return text
  const table = dev ? "dev-dependencies" : "dependencies"
  const names = new Set(added.map(({ name }) => name))
  const asked = needsIn(readManifest({ [manifestFile]: text }) ?? impossible())
  const there = asked.filter(({ name }) => names.has(name)).map(({ name }) => name)
  const lines = withoutNeeds(text, there).trimEnd().split("\n")
  const written = added.map(lineOf)
  const head = lines.findIndex((line) => line.trim() === `[${table}]`)
  if (head < 0) return `${[...lines, "", `[${table}]`, ...written].join("\n")}\n`
  const next = lines.findIndex((line, at) => at > head && heading.test(line))
  const end = lines
    .slice(0, next < 0 ? lines.length : next)
    .findLastIndex((line) => line.trim() !== "")
  return `${lines.toSpliced(end + 1, 0, ...written).join("\n")}\n`
}

const lineOf = ({ name, version, features }: Addition) =>
  features.length === 0
    ? `${name} = ${JSON.stringify(version)}`
    : `${name} = { version = ${JSON.stringify(version)}, features = ${JSON.stringify(features)} }`

/** Takes crates out of every table of Cargo.toml. @throws Fault `packages_failed` when that cannot be done by lines */
export function withoutNeeds(text: string, names: readonly string[]): string {
  const gone = new Set(names)
  const kept: string[] = []
  let inNeeds = false
  let dropping = false
  let open = 0
  for (const line of text.split("\n")) {
    if (open > 0) {
      // The rest of what was begun on a line that is gone.
      open += depthOf(line)
      continue
    }
    if (heading.test(line)) {
      inNeeds = needsHeading.test(line)
      dropping = gone.has(/dependencies\.["']?([\w-]+)["']?\]/.exec(line)?.[1] ?? "")
    }
    if (dropping) continue
    if (inNeeds && gone.has(keyOf(line) ?? "")) open = Math.max(0, depthOf(line))
    else kept.push(line)
  }
  const after = kept.join("\n")
  checkGone(after, gone)
  return after
}

const depthOf = (line: string) =>
  [...line.replace(/"[^"]*"|#.*$/g, "")].reduce(
    (depth, letter) => depth + ("[{".includes(letter) ? 1 : "]}".includes(letter) ? -1 : 0),
    0,
  )

function checkGone(text: string, gone: ReadonlySet<string>): void {
  const byHand = () =>
    failed(
      `${[...gone].join(", ")} cannot be changed in ${manifestFile} by the platform. Change the file, then install without naming any.`,
    )
  try {
    parseToml(text)
  } catch {
    throw byHand()
  }
  const manifest = readManifest({ [manifestFile]: text })
  if (manifest && needsIn(manifest).some(({ name }) => gone.has(name))) throw byHand()
}

function impossible(): never {
  throw failed(`There is no ${manifestFile}.`)
}
