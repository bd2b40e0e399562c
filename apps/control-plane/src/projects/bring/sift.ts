import { fault, isFault } from "@vibecaas/kernel/fault"
import { fileBytesMax } from "../check-changes.ts"
import { checkFilePath } from "../file-path.ts"

/** Something that is brought in, before anybody decided whether it is kept. */
export interface Candidate {
  path: string
  /** in bytes */
  size: number
  kind: "file" | "link" | "submodule" | "folder" | "other"
}

/** What is kept, and what is not, a sentence each. */
export interface Sifted<C extends Candidate> {
  kept: C[]
  leftOut: string[]
}

/** most that is brought in at once */
export const broughtMax = { files: 5000, bytes: 20 * 1024 * 1024 } as const
/** sentences that are kept of one import */
const sentencesMax = 50

/** Folders and files that programs make anew, or that only one computer wants. */
export const madeAnew =
  /(^|\/)(\.git|node_modules|__MACOSX|__pycache__|\.venv|\.DS_Store|Thumbs\.db)(\/|$)/

/**
 * Keeps what a project may have and says of everything else why not: unlike a push, which is refused whole,
 * since whoever brings something in cannot change where it comes from.
 *
 * @throws Fault `too_large` when more is left than a project takes at once, `invalid` when nothing is
 */
export function sift<C extends Candidate>(found: readonly C[]): Sifted<C> {
  const anew = new Set<string>()
  const said: string[] = []
  const kept: C[] = []
  for (const each of found) {
    const match = madeAnew.exec(each.path)
    if (each.kind === "folder") continue
    if (match) anew.add(each.path.slice(0, match.index + match[0].length).replace(/\/$/, ""))
    else {
      const why = reasonAgainst(each)
      if (why === undefined) kept.push(each)
      else said.push(why)
    }
  }
  const aside = [...anew].sort().map((path) => `${quoted(path)} is made anew by programs.`)
  mustFit(kept)
  return { kept, leftOut: briefly([...said, ...aside]) }
}

/** As many sentences as are read, and how many there are beyond. */
export function briefly(said: readonly string[]): string[] {
  const more = said.length - sentencesMax
  return more > 0 ? [...said.slice(0, sentencesMax), `And ${more} more.`] : [...said]
}

export const quoted = (path: string) => JSON.stringify(path.slice(0, 100))

function reasonAgainst({ path, size, kind }: Candidate): string | undefined {
  if (kind === "link") return `${quoted(path)} is a symbolic link; only files are kept.`
  if (kind === "submodule") return `${quoted(path)} is a submodule, which is not fetched.`
  if (kind === "other") return `${quoted(path)} is no ordinary file.`
  if (size > fileBytesMax)
    return `${quoted(path)} has ${size} bytes; a file may have ${fileBytesMax}.`
  try {
    checkFilePath(path)
    return undefined
  } catch (error) {
    if (isFault(error, "path_refused")) return error.say
    throw error
  }
}

function mustFit(files: readonly Candidate[]): void {
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  if (files.length === 0) throw fault("invalid", { say: "There is no file that could be taken." })
  if (files.length <= broughtMax.files && bytes <= broughtMax.bytes) return
  throw fault("too_large", {
    say: `There are ${files.length} files of ${Math.ceil(bytes / 1024)} KiB; at most ${broughtMax.files} files of ${broughtMax.bytes / 1024 / 1024} MiB are taken.`,
  })
}
