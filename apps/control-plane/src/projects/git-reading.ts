import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Commit, FileEntry } from "@vibecaas/contract/commits"
import { isCommitId, needCommitId } from "./commit-id.ts"
import type { Git } from "./git.ts"
import { noSuchVersion } from "./git-faults.ts"
import type { Repository, Search } from "./repository.ts"

/** Where commits are written, and where that begins while nothing was written there. */
export interface Branch {
  /** full name, e.g. `refs/heads/main` */
  name: string
  from: string | null
}

/** What people see of a project, and what runs go on from. */
export const main: Branch = { name: "refs/heads/main", from: null }

/**
 * The newest commit of the branch, or where it begins. A branch that was just written is a file of its
 * own, which wins over what git packed; that saves a process for each look.
 */
export async function readHead(
  git: Git,
  directory: string,
  { name, from }: Branch = main,
): Promise<string | null> {
  const loose = (await readFile(join(directory, name), "latin1").catch(() => "")).trim()
  if (isCommitId(loose)) return loose
  if (!existsSync(directory)) return null
  const result = await git(directory, ["rev-parse", "--quiet", "--verify", name], {
    answers: [1],
  })
  return result.exitCode === 0 ? result.stdout.toString().trim() : from
}

export async function listFiles(git: Git, directory: string, commit: string): Promise<FileEntry[]> {
  const { stdout } = await git(directory, ["ls-tree", "-r", "-l", "-z", needCommitId(commit)])
  const rows = stdout.toString().split("\0").filter(Boolean)
  return rows.map((row) => {
    const [meta = "", path = ""] = row.split("\t")
    const [, , sha = "", size = "0"] = meta.split(/ +/)
    return { path, sha, size: Number(size) }
  })
}

export async function readBlob(
  git: Git,
  directory: string,
  wanted: { commit: string; path: string; maxBytes: number },
): ReturnType<Repository["read"]> {
  const name = `${needCommitId(wanted.commit)}:${wanted.path}`
  // Git would read the last two as relative to a folder that a bare repository does not have.
  if (/[\r\n\0]/.test(name) || /^\.{1,2}(\/|$)/.test(wanted.path)) return null
  const { stdout } = await git(directory, ["cat-file", "--batch"], {
    stdin: `${name}\n`,
    maxOutputBytes: wanted.maxBytes + 100,
  })
  const end = stdout.indexOf(10)
  const [, type, size] = stdout.subarray(0, end).toString().split(" ")
  if (type !== "blob") return null
  const length = Math.min(Number(size), wanted.maxBytes)
  return { content: stdout.subarray(end + 1, end + 1 + length), truncated: Number(size) > length }
}

/** Many files by one process. */
export async function readBlobs(
  git: Git,
  directory: string,
  files: Parameters<Repository["readAll"]>[0],
): Promise<Buffer[]> {
  if (files.length === 0) return []
  const { stdout } = await git(directory, ["cat-file", "--batch"], {
    stdin: files.map(({ sha }) => `${sha}\n`).join(""),
    maxOutputBytes: files.reduce((sum, { size }) => sum + size + 100, 0),
  })
  let at = 0
  return files.map(({ sha, size }) => {
    const head = `${sha} blob ${size}\n`
    const begin = at + head.length
    if (stdout.toString("latin1", at, begin) !== head) throw noSuchVersion()
    at = begin + size + 1
    return stdout.subarray(begin, begin + size)
  })
}

export async function readLog(
  git: Git,
  directory: string,
  { branch, ...page }: { branch: Branch; limit: number; after?: string },
): Promise<Commit[]> {
  const head = await readHead(git, directory, branch)
  if (!head) return []
  const start = page.after ? `${needCommitId(page.after)}^@` : head
  const argv = ["log", "--first-parent", "-z", `--format=${logFields.join("%x00")}`]
  const range = ["-n", String(page.limit), start, "--"]
  const { stdout } = await git(directory, [...argv, ...range], { answers: [128] })
  return readCommits(stdout.toString())
}

/** id, parents, author, seconds since 1970, message */
const logFields = ["%H", "%P", "%an", "%at", "%B"]

/** Fields and records end with a zero byte, which no message of git holds: nobody can forge one. */
function readCommits(text: string): Commit[] {
  const fields = text.split("\0")
  const commits: Commit[] = []
  for (let at = 0; at + logFields.length <= fields.length; at += logFields.length) {
    const [id = "", parents, author = "", seconds, message = ""] = fields.slice(at)
    const parent = parents?.split(" ")[0] || null
    const instant = new Date(Number(seconds) * 1000).toISOString()
    commits.push({ id, parent, author, at: instant, message: message.trim() })
  }
  return commits
}

/** Lines that match: 200 at most unless told, each cut after 300 characters. */
export async function grep(
  git: Git,
  directory: string,
  wanted: { commit: string; search: Search },
): ReturnType<Repository["search"]> {
  const { text, regex = false, glob, linesMax = 200 } = wanted.search
  const argv = ["grep", "-z", "-n", "-I", regex ? "-P" : "-F", "-e", text]
  const places = glob === undefined ? [] : [`:(glob)${glob.includes("/") ? "" : "**/"}${glob}`]
  const { stdout } = await git(directory, [...argv, needCommitId(wanted.commit), "--", ...places], {
    answers: [1],
    timeoutMs: 5000,
    maxOutputBytes: 400_000,
  })
  const lines = stdout.toString().split("\n").slice(0, linesMax)
  return lines.flatMap((row) => {
    const [place, line, text] = row.split("\0")
    if (!place || !line || text === undefined) return []
    return [{ path: place.slice(41), line: Number(line), text: text.slice(0, 300) }]
  })
}
