import { mkdir, readdir, rename, rm, stat } from "node:fs/promises"
import { join } from "node:path"
import type { Commit, FileEntry } from "@vibecaas/contract/projects"
import { fault, invariant } from "@vibecaas/kernel/fault"
import type { NewId } from "@vibecaas/kernel/id"
import type { Git } from "./git.ts"
import { importCommit } from "./git-commit.ts"
import { diffCommits } from "./git-diff.ts"
import type { Repositories, Repository } from "./repository.ts"

const branch = "refs/heads/main"

export interface RepositoriesOptions {
  /** directory that holds one bare repository per project */
  root: string
  git: Git
  newId: NewId
  now: () => Date
}

/** Bare git repositories below one directory, named after their project's id. */
export function makeRepositories(options: RepositoriesOptions): Repositories {
  const place = (projectId: string) => {
    invariant(/^prj_[0-9a-z]{26}$/.test(projectId), "a repository is named by a project's id")
    return join(options.root, `${projectId}.git`)
  }
  return {
    of: (projectId) => makeRepository(options, place(projectId)),
    async remove(projectId) {
      await rm(place(projectId), { recursive: true, force: true, maxRetries: 3 })
    },
    async list() {
      const names = await readdir(options.root).catch(() => [])
      return names.filter((name) => name.endsWith(".git")).map((name) => name.slice(0, -4))
    },
  }
}

function makeRepository(options: RepositoriesOptions, directory: string): Repository {
  const { git } = options
  return {
    head: () => readHead(git, directory),
    list: (commit) => listFiles(git, directory, commit),
    read: (commit, path, maxBytes) => readBlob(git, directory, { commit, path, maxBytes }),
    async commit(write) {
      await create(options, directory)
      return importCommit(git, directory, { ...write, branch, now: options.now() })
    },
    diff: (from, to) => diffCommits(git, directory, { from, to }),
    log: (page) => readLog(git, directory, page),
    search: (commit, text) => grep(git, directory, { commit, text }),
    async reset(expected, commit) {
      const old = expected ?? "0".repeat(40)
      const argv = commit ? ["update-ref", branch, commit, old] : ["update-ref", "-d", branch, old]
      if (!expected && !commit) return
      const result = await git(directory, argv, { answers: [1, 128] })
      if (result.exitCode !== 0) throw conflict(result.stderr.toString())
    },
  }
}

/** Made beside its place and renamed, so a crash never leaves half a repository. */
async function create(options: RepositoriesOptions, directory: string): Promise<void> {
  if (await exists(directory)) return
  await mkdir(options.root, { recursive: true, mode: 0o700 })
  const fresh = join(options.root, `${options.newId("tmp")}.new`)
  await options.git(fresh, ["init", "--bare", "--quiet", "--template=", "--initial-branch=main"])
  await rename(fresh, directory).catch(async (error) => {
    await rm(fresh, { recursive: true, force: true })
    if (!(await exists(directory))) throw error
  })
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

async function readHead(git: Git, directory: string): Promise<string | null> {
  if (!(await exists(directory))) return null
  const result = await git(directory, ["rev-parse", "--quiet", "--verify", branch], {
    answers: [1],
  })
  return result.exitCode === 0 ? result.stdout.toString().trim() : null
}

async function listFiles(git: Git, directory: string, commit: string): Promise<FileEntry[]> {
  const { stdout } = await git(directory, ["ls-tree", "-r", "-l", "-z", checkCommit(commit)])
  const rows = stdout.toString().split("\0").filter(Boolean)
  return rows.map((row) => {
    const [meta = "", path = ""] = row.split("\t")
    const [, , sha = "", size = "0"] = meta.split(/ +/)
    return { path, sha, size: Number(size) }
  })
}

async function readBlob(
  git: Git,
  directory: string,
  wanted: { commit: string; path: string; maxBytes: number },
): ReturnType<Repository["read"]> {
  const name = `${checkCommit(wanted.commit)}:${wanted.path}`
  if (/[\r\n\0]/.test(name)) return null
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

async function readLog(
  git: Git,
  directory: string,
  page: { limit: number; after?: string },
): Promise<Commit[]> {
  const head = await readHead(git, directory)
  if (!head) return []
  const start = page.after ? `${checkCommit(page.after)}^@` : head
  const format = "--format=%H%x00%P%x00%an%x00%at%x00%B%x01"
  const argv = ["log", "--first-parent", "-n", String(page.limit), format, start, "--"]
  const { stdout } = await git(directory, argv, { answers: [128] })
  const rows = stdout.toString().split("\x01")
  return rows.flatMap((row) => {
    const [id, parents = "", author = "", at = "0", message = ""] = row.trimStart().split("\0")
    if (!id) return []
    const parent = parents.split(" ")[0] || null
    return [
      {
        id,
        parent,
        author,
        at: new Date(Number(at) * 1000).toISOString(),
        message: message.trim(),
      },
    ]
  })
}

async function grep(git: Git, directory: string, wanted: { commit: string; text: string }) {
  const argv = ["grep", "-z", "-n", "-I", "-F", "-e", wanted.text, checkCommit(wanted.commit), "--"]
  const { stdout } = await git(directory, argv, {
    answers: [1],
    timeoutMs: 5000,
    maxOutputBytes: 200_000,
  })
  const lines = stdout.toString().split("\n").slice(0, 200)
  return lines.flatMap((row) => {
    const [place, line, text] = row.split("\0")
    if (!place || !line || text === undefined) return []
    return [{ path: place.slice(41), line: Number(line), text: text.slice(0, 300) }]
  })
}

function checkCommit(commit: string): string {
  if (/^[0-9a-f]{40}$/.test(commit)) return commit
  throw fault("not_found", { say: "There is no such version." })
}

function conflict(note: string) {
  return fault("conflict", {
    say: "The project's files were changed at the same time. Nothing was written. Read them again and retry.",
    note,
    retryable: true,
  })
}
