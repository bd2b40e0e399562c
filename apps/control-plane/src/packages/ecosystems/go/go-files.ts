import { failed, type PackageFiles } from "../../ecosystem.ts"

/** What a project needs. */
export const modFile = "go.mod"
/** Which bytes each module has. */
export const sumFile = "go.sum"

export interface Required {
  module: string
  version: string
  /** needed by others alone */
  indirect: boolean
  licence: string | null
}

/** One line of go.mod: in a block its verb stands before. */
interface Directive {
  verb: string
  words: string[]
  comment: string
}

/** @throws Fault `packages_failed` */
export function requiredIn(files: PackageFiles): Required[] {
  return directivesIn(files[modFile] ?? "").flatMap(
    ({ verb, words: [module, version], comment }) => {
      if (verb !== "require") return []
      if (module === undefined || version === undefined) {
        throw failed(`${modFile} requires ${module ?? "a module"} without saying which version.`)
      }
      const licence = /(?:^|; ?)licence (.{1,80})$/.exec(comment)?.[1] ?? null
      return [{ module, version, indirect: /^indirect\b/.test(comment), licence }]
    },
  )
}

function directivesIn(text: string): Directive[] {
  let block: string | undefined
  return text.split("\n").flatMap((line) => {
    const [before = "", ...comments] = line.split("//")
    const words = before.trim().split(/\s+/).filter(Boolean).map(unquoted)
    if (words.length === 0) return []
    const comment = comments.join("//").trim()
    if (words.at(-1) === "(") {
      block = words[0]
      return []
    }
    if (words[0] === ")") {
      block = undefined
      return []
    }
    const [verb = "", ...rest] = words
    return [block === undefined ? { verb, words: rest, comment } : { verb: block, words, comment }]
  })
}

const unquoted = (word: string) => word.replace(/^(["`])(.*)\1$/, "$2")

/** What go.mod leaves out of its build, in a line `// buildWithout settings.json docs`. */
export const leftOutOf = (text: string): string[] =>
  [...text.matchAll(/^\/\/ buildWithout (.+)$/gm)].flatMap(([, paths = ""]) =>
    paths.trim().split(/\s+/),
  )

const verbsThatCount = new Set(["go", "require", "replace", "exclude"])

/**
 * What decides which modules come in, as a go.mod of nobody: another name or comment installs nothing anew.
 */
export function partsThatCount(text: string): string {
  const lines = directivesIn(text)
    .filter(({ verb }) => verbsThatCount.has(verb))
    .map(({ verb, words, comment }) => {
      const indirect = /^indirect\b/.test(comment) ? " // indirect" : ""
      return `${verb} ${words.map(quoted).join(" ")}${indirect}\n`
    })
  return `module app\n\n${lines.join("")}`
}

const quoted = (word: string) => (/^[\w./@+~=>-]+$/.test(word) ? word : JSON.stringify(word))

/** Everything must come from the registry, by its hash. @throws Fault `packages_failed` */
export function checkMod(files: PackageFiles): void {
  const replaced = new Set<string>()
  for (const { verb, words } of directivesIn(files[modFile] ?? "")) {
    if (verb !== "replace") continue
    const to = words[words.indexOf("=>") + 1] ?? ""
    if (/^[./]/.test(to)) {
      throw failed(
        `${modFile} replaces ${words[0]} by the folder ${to.slice(0, 120)}. Only modules of the registry can be installed.`,
      )
    }
    replaced.add(words[0] ?? "")
  }
  const sums = new Set(
    (files[sumFile] ?? "").split("\n").map((line) => line.split(" ").slice(0, 2).join(" ")),
  )
  const lacking = requiredIn(files).filter(
    ({ module, version }) => !replaced.has(module) && !sums.has(`${module} ${version}/go.mod`),
  )
  if (lacking.length === 0) return
  const names = lacking.map(({ module }) => module).join(", ")
  throw failed(
    files[sumFile] === undefined
      ? `${modFile} requires modules, and there is no ${sumFile} that says which bytes they have. Install them first.`
      : `${sumFile} does not have ${names.slice(0, 300)}, which ${modFile} requires. Install them first.`,
  )
}
