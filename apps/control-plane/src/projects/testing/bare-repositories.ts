import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { makeNewId } from "@vibecaas/kernel/id"
import { afterAll, beforeAll } from "vitest"
import { makeGit } from "../git.ts"
import { makeRepositories } from "../git-repository.ts"
import type { Repositories, Repository } from "../repository.ts"

export const newId = makeNewId(systemClock)
const author = "Mara"

export interface BareRepositories {
  /** the folder that has them */
  readonly root: string
  readonly all: Repositories
  /** one that nobody wrote to */
  fresh(): Repository
}

/** Real git in a folder of its own, for the tests of one file; all that is written is of one second. */
export function bareRepositories(): BareRepositories {
  let root: string
  let all: Repositories
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "repositories-"))
    const now = () => new Date("2026-01-02T03:04:05Z")
    all = makeRepositories({ root, git: makeGit("git"), newId, now })
  })
  afterAll(() => rm(root, { recursive: true, force: true }))
  return {
    get root() {
      return root
    },
    get all() {
      return all
    },
    fresh: () => all.of(newId("prj")),
  }
}

/** Commits files (`null` deletes one) on top of `parent`. */
export const write = (
  repository: Repository,
  parent: string | null,
  files: Record<string, string | Buffer | null>,
) =>
  repository.commit({
    ...{ parent, author, message: `changes ${Object.keys(files).join(", ")}` },
    changes: Object.entries(files).map(([path, content]) => ({
      path,
      content: typeof content === "string" ? Buffer.from(content) : content,
    })),
  })
