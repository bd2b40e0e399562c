import { existsSync } from "node:fs"
import { mkdir, readdir, rename, rm } from "node:fs/promises"
import { join } from "node:path"
import { invariant } from "@vibecaas/kernel/fault"
import type { NewId } from "@vibecaas/kernel/id"
import { checkChanges } from "./check-changes.ts"
import type { Git } from "./git.ts"
import { importCommit } from "./git-commit.ts"
import { diffCommits } from "./git-diff.ts"
import { movedOn } from "./git-faults.ts"
import {
  type Branch,
  grep,
  listFiles,
  main,
  readBlob,
  readBlobs,
  readHead,
  readLog,
} from "./git-reading.ts"
import { type Listings, makeListings } from "./listings.ts"
import type { Repositories, Repository } from "./repository.ts"

export interface RepositoriesOptions {
  /** directory that holds one bare repository per project */
  root: string
  git: Git
  newId: NewId
  now: () => Date
}

/** Bare git repositories below one directory, named after their project's id. */
export function makeRepositories(options: RepositoriesOptions): Repositories {
  const listings = makeListings()
  const place = (projectId: string) => {
    invariant(/^prj_[0-9a-z]{26}$/.test(projectId), "a repository is named by a project's id")
    return join(options.root, `${projectId}.git`)
  }
  return {
    of: (projectId, apart) => {
      const branch = apart ? { name: branchOf(apart.name), from: apart.from } : main
      return makeRepository({ ...options, listings }, { directory: place(projectId), branch })
    },
    async remove(projectId) {
      await rm(place(projectId), { recursive: true, force: true, maxRetries: 3 })
    },
    async list() {
      const names = await readdir(options.root).catch(() => [])
      return names.filter((name) => name.endsWith(".git")).map((name) => name.slice(0, -4))
    },
  }
}

/** The full name of a branch, which no path of git's own can be taken for. */
function branchOf(name: string): string {
  invariant(/^[a-z]+_[0-9a-z]{26}$/.test(name), "a branch is named by an id")
  return `refs/heads/${name}`
}

interface Parts extends RepositoriesOptions {
  listings: Listings
}

function makeRepository(
  options: Parts,
  { directory, branch }: { directory: string; branch: Branch },
): Repository {
  const { git, listings } = options
  return {
    head: () => readHead(git, directory, branch),
    list: (commit) => listings.of({ directory, commit }, () => listFiles(git, directory, commit)),
    read: (commit, path, maxBytes) => readBlob(git, directory, { commit, path, maxBytes }),
    readAll: (files) => readBlobs(git, directory, files),
    async commit(write) {
      checkChanges(write.changes)
      const head = await readHead(git, directory, branch)
      // Without this check, fast-import leaves a report in the repository for a parent it lacks.
      if (head !== write.parent) throw movedOn(`the newest commit is ${head}`)
      await create(options, directory)
      const { name } = branch
      const onto = { ...write, branch: name, now: options.now() }
      const made = await importCommit(git, directory, onto)
      listings.follow({ ...write, directory, commit: made.id })
      return made
    },
    diff: (from, to) => diffCommits(git, directory, { from, to }),
    log: (page) => readLog(git, directory, { ...page, branch }),
    search: (commit, search) => grep(git, directory, { commit, search }),
    async reset(expected, commit) {
      const old = expected ?? "0".repeat(40)
      const { name } = branch
      const argv = commit ? ["update-ref", name, commit, old] : ["update-ref", "-d", name, old]
      if (expected || commit) await git(directory, argv)
    },
  }
}

/** Made beside its place and renamed, so a crash never leaves half a repository. */
async function create(options: RepositoriesOptions, directory: string): Promise<void> {
  if (existsSync(directory)) return
  await mkdir(options.root, { recursive: true, mode: 0o700 })
  const fresh = join(options.root, `${options.newId("tmp")}.new`)
  await options.git(fresh, ["init", "--bare", "--quiet", "--template=", "--initial-branch=main"])
  await rename(fresh, directory).catch(async (error) => {
    await rm(fresh, { recursive: true, force: true })
    if (!existsSync(directory)) throw error
  })
}
