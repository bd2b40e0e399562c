import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { isFault } from "@vibecaas/kernel/fault"
import { makeNewId } from "@vibecaas/kernel/id"
import fc from "fast-check"
import { afterAll, beforeAll, expect, test } from "vitest"
import { makeGit } from "./git.ts"
import { makeRepositories } from "./git-repository.ts"
import type { Repository } from "./repository.ts"

let root: string
const newId = makeNewId(systemClock)
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "listings-"))
})
afterAll(() => rm(root, { recursive: true, force: true }))

/** Each knows only what it was asked or wrote itself. */
const repositories = () =>
  makeRepositories({ root, git: makeGit("git"), newId, now: () => new Date("2026-01-02") })

interface Change {
  path: string
  content: string | null
}

async function write(repository: Repository, changes: readonly Change[]): Promise<void> {
  const parent = await repository.head()
  if (parent) await repository.list(parent)
  const bytes = ({ path, content }: Change) => ({
    path,
    content: content === null ? null : Buffer.from(content),
  })
  const made = { parent, message: "Change", author: "Mara", changes: changes.map(bytes) }
  await repository.commit(made).catch((error) => {
    if (!isFault(error)) throw error
  })
}

const segment = fc.constantFrom("a", "b", "a.b", "a-b", "c")
const someChange = fc.record({
  path: fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/")),
  content: fc.option(fc.constantFrom("one", "two", ""), { freq: 3 }),
})
const someChanges = fc.uniqueArray(someChange, {
  ...{ minLength: 1, maxLength: 4, selector: ({ path }) => path },
})

test("what is known of a commit's files without asking git is what git knows", async () => {
  const property = fc.asyncProperty(
    fc.array(someChanges, { minLength: 1, maxLength: 4 }),
    async (writes) => {
      const id = newId("prj")
      const repository = repositories().of(id)
      for (const changes of writes) await write(repository, changes)
      const head = await repository.head()
      if (head === null) return
      expect(await repository.list(head)).toEqual(await repositories().of(id).list(head))
    },
  )
  await fc.assert(property, { numRuns: 30 })
})

test("a commit of one project is not known in another", async () => {
  const all = repositories()
  const [one, other] = [all.of(newId("prj")), all.of(newId("prj"))]
  await write(one, [{ path: "a.txt", content: "a" }])
  await write(other, [{ path: "b.txt", content: "b" }])
  const head = (await one.head()) ?? ""
  expect(await one.list(head)).toHaveLength(1)
  await expect(other.list(head)).rejects.toMatchObject({ code: "not_found" })
})
