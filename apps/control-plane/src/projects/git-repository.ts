import { existsSync } from "node:fs"
import { mkdir, readdir, rename, rm } from "node:fs/promises"
import { join } from "node:path"
import { invariant } from "@vibecaas/kernel/fault"
import type { NewId } from "@vibecaas/kernel/id"
import { type Blobs, makeBlobs } from "./blobs.ts"
import { copyObjects } from "./bring/copy-repository.ts"
import { fetchBranch } from "./bring/fetch-branch.ts"
import { checkChanges } from "./check-changes.ts"
import { checkClashes, deletionsFirst } from "./check-clashes.ts"
import { needCommitId } from "./commit-id.ts"
import type { Git } from "./git.ts"
import { importCommit } from "./git-commit.ts"
import { diffCommits } from "./git-diff.ts"
import { movedOn, noSuchVersion } from "./git-faults.ts"
import { makeBackend } from "./git-http/backend.ts"
import { receivePush } from "./git-http/receive-push.ts"
import { makeWall } from "./git-http/wall.ts"
import { pack } from "./git-pack.ts"
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
import { reverse, sizesOf } from "./git-trees.ts"
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
  const blobs = makeBlobs()
  const wall = makeWall()
  const backend = makeBackend("git", wall)
  const place = (projectId: string) => {
    invariant(/^prj_[0-9a-z]{26}$/.test(projectId), "a repository is named by a project's id")
    return join(options.root, `${projectId}.git`)
  }
  return {
    of: (projectId, apart) => {
      const branch = apart ? { name: branchOf(apart.name), from: apart.from } : main
      return makeRepository(
        { ...options, listings, blobs },
        { directory: place(projectId), branch },
      )
    },
    async serve(projectId, asked) {
      await create(options, place(projectId))
      return backend({ ...asked, directory: place(projectId) })
    },
    async receive(projectId, asked) {
      await create(options, place(projectId))
      const newName = () => options.newId("tmp")
      return receivePush(
        { git: options.git, backend, newName },
        { ...asked, directory: place(projectId) },
      )
    },
    bring: (of) => fetchBranch({ git: options.git, gitPath: "git", wall, root: options.root }, of),
    async copy({ from, to, history, author }) {
      const begun = await this.of(to).head()
      if (begun !== null) return begun
      await create(options, place(to))
      const places = { from: place(from), to: place(to) }
      const copied = await copyObjects(options.git, { ...places, history })
      if (!copied) return null
      const { commit, tree } = copied
      if (history) {
        await this.of(to).reset(null, commit)
        return commit
      }
      const message = "Begin with the newest files of another project"
      return (await this.of(to).commitTree({ parent: null, message, author, tree })).id
    },
    async remove(projectId) {
      await rm(place(projectId), { recursive: true, force: true, maxRetries: 3 })
    },
    async tidy() {
      for (const projectId of await this.list()) await pack(options.git, place(projectId))
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
  blobs: Blobs
}

function makeRepository(
  options: Parts,
  { directory, branch }: { directory: string; branch: Branch },
): Repository {
  const { git, listings, blobs } = options
  const list = (commit: string) =>
    listings.of({ directory, commit }, () => listFiles(git, directory, commit))
  return {
    head: () => readHead(git, directory, branch),
    list,
    async read(commit, path, maxBytes) {
      const files = listings.known({ directory, commit })
      const file = files?.find((each) => each.path === path)
      if (files && !file) return null
      const content = file && blobs.get(directory, file.sha)
      if (!content) return readBlob(git, directory, { commit, path, maxBytes })
      return { content: content.subarray(0, maxBytes), truncated: content.length > maxBytes }
    },
    readAll: (files) =>
      blobs.all(directory, files, (missing) => readBlobs(git, directory, missing)),
    async commit(given) {
      checkChanges(given.changes)
      const write = { ...given, changes: deletionsFirst(given.changes) }
      const head = await readHead(git, directory, branch)
      // Without this check, fast-import leaves a report in the repository for a parent it lacks.
      if (head !== write.parent) throw movedOn(`the newest commit is ${head}`)
      checkClashes(head === null ? [] : await list(head), write.changes)
      await create(options, directory)
      const { name } = branch
      const onto = { ...write, branch: name, now: options.now() }
      const made = await importCommit(git, directory, onto)
      blobs.follow(directory, write.changes)
      listings.follow({ ...write, directory, commit: made.id })
      return made
    },
    async commitTree(write) {
      const head = await readHead(git, directory, branch)
      if (head !== write.parent) throw movedOn(`the newest commit is ${head}`)
      const onto = { ...write, changes: [], branch: branch.name, now: options.now() }
      return importCommit(git, directory, onto)
    },
    async treeOf(commit) {
      const name = `${needCommitId(commit)}^{tree}`
      const argv = ["rev-parse", "--quiet", "--verify", name]
      const { exitCode, stdout } = await git(directory, argv, { answers: [1, 128] })
      if (exitCode !== 0) throw noSuchVersion()
      return stdout.toString().trim()
    },
    sizes: (spans) => sizesOf(git, directory, spans),
    reverse: (of) => reverse(git, directory, of),
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
