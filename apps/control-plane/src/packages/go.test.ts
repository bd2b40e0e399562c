import { systemClock } from "@vibecaas/kernel/clock"
import { makeNewId } from "@vibecaas/kernel/id"
import { readToolchains } from "@vibecaas/microvm/toolchains"
import { type GoModule, goSum } from "@vibecaas/registry/testing/go-modules"
import { type PublicRegistry, publicRegistry } from "@vibecaas/registry/testing/public-registry"
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest"
import type { PackageFiles } from "./ecosystem.ts"
import { usedBy } from "./ecosystems.ts"
import { listedIn, listPackages } from "./list-packages.ts"
import type { WantedChange } from "./make-packages.ts"
import { anySignal, type PackageWorld, packageWorld } from "./testing/package-world.ts"

const { go } = await readToolchains()
const reason = go === undefined ? " [skipped: this host has no Go]" : ""

const newId = makeNewId(systemClock)
const wanted = (given: Partial<WantedChange>) => ({
  ...{ ecosystem: "go" as const, add: [], remove: [], dev: false },
  ...{ signal: anySignal, print: () => {}, ...given },
})
const deep: GoModule = {
  module: "example.com/Deep",
  version: "v0.3.0",
  files: { "deep.go": 'package deep\n\nconst Word = "deep"\n' },
}
const notes: GoModule = {
  module: "example.com/notes",
  version: "v1.2.0",
  requires: { "example.com/Deep": "v0.3.0" },
  files: {
    "notes.go":
      'package notes\n\nimport deep "example.com/Deep"\n\nconst Word = "notes and " + deep.Word\n',
  },
}
const mod = "module app\n\ngo 1.21\n"
const main = 'package main\n\nimport "example.com/notes"\n\nfunc main() { println(notes.Word) }\n'

describe.skipIf(go === undefined)(`modules of Go${reason}`, () => {
  let upstream: PublicRegistry
  let world: PackageWorld
  beforeAll(async () => {
    upstream = await publicRegistry()
    upstream.publishGo(deep, notes)
    world = await packageWorld(upstream.base)
  })
  afterEach(() => upstream.forgive())
  afterAll(async () => {
    await world?.close()
    await upstream?.close()
  })

  const changed = async (files: PackageFiles, change: Partial<WantedChange> = {}) => {
    const projectId = newId("prj")
    const commit = await world.push(projectId, { "README.md": "Mine", ...files })
    const made = await world.packages.change({ projectId, commit }, wanted(change))
    return { projectId, commit: await world.push(projectId, made.files), made }
  }

  test("come in by path with what they need, locked by the hashes that Go's database has", async () => {
    const { made, ...of } = await changed({}, { add: ["example.com/notes@v1.2.0"] })
    expect(made.direct).toEqual([{ name: "example.com/notes", version: "v1.2.0" }])
    for (const line of goSum(notes).trim().split("\n")) expect(made.files["go.sum"]).toContain(line)
    const used = await usedBy(world.read(of.projectId), of.commit)
    expect(listPackages(listedIn(used), () => []).items).toMatchObject([
      { ecosystem: "go", name: "example.com/notes", wanted: "v1.2.0", licence: "MIT" },
      { name: "example.com/Deep", version: "v0.3.0", wanted: null, licence: "MIT" },
    ])
    const less = await world.packages.change(of, wanted({ remove: ["example.com/notes"] }))
    expect(less.direct).toEqual([])
  })

  test("come in where a machine has its folders elsewhere than it calls them", async () => {
    const elsewhere = await packageWorld(upstream.base, { walls: ["uid", "none"] })
    try {
      const change = wanted({ add: ["example.com/notes@v1.2.0"] })
      const made = await elsewhere.packages.change(
        { projectId: newId("prj"), commit: null },
        change,
      )
      expect(made.direct).toEqual([{ name: "example.com/notes", version: "v1.2.0" }])
    } finally {
      await elsewhere.close()
    }
  })

  test("are found in what the files import when none is named", async () => {
    const { made } = await changed({ "go.mod": mod, "main.go": main }, { ecosystem: undefined })
    expect(made.files["go.mod"]).toContain("example.com/notes v1.2.0 // licence MIT")
    expect(made.files["go.mod"]).toContain("example.com/Deep v0.3.0 // indirect; licence MIT")
    expect(made.files["go.sum"]).toContain(goSum(deep))
  })

  test("that are not what their hash says, or are not there, say why", async () => {
    await expect(changed({}, { add: ["example.com/missing"] })).rejects.toMatchObject({
      code: "packages_failed",
      say: expect.stringContaining("example.com/missing"),
    })
    await expect(changed({}, { add: ["notes"] })).rejects.toMatchObject({ code: "invalid" })
    await expect(changed({}, { add: ["example.com/../notes"] })).rejects.toMatchObject({
      code: "invalid",
    })
    const forged = { ...notes, version: "v1.3.0" }
    upstream.publishGo(forged)
    upstream.misbehave("v1.3.0.zip", (_request, response) => void response.end("other bytes"))
    await expect(changed({}, { add: ["example.com/notes@v1.3.0"] })).rejects.toMatchObject({
      code: "packages_failed",
      say: expect.stringMatching(/not whole|not those/),
    })
  })

  test("whose files do not say which bytes, or lead elsewhere, are not installed", async () => {
    const require = `${mod}\nrequire example.com/notes v1.2.0\n`
    const cases: [string, PackageFiles][] = [
      ["there is no go.sum", { "go.mod": require }],
      ["does not have example.com/notes", { "go.mod": require, "go.sum": goSum(deep) }],
      [
        "by the folder ../mine",
        { "go.mod": `${require}\nreplace example.com/notes => ../mine\n`, "go.sum": "" },
      ],
      ["without saying which version", { "go.mod": `${mod}\nrequire (\n\texample.com/notes\n)\n` }],
    ]
    for (const [words, files] of cases) {
      const projectId = newId("prj")
      const commit = await world.push(projectId, files)
      const asked = world.packages.prepare({ projectId, commit }, anySignal)
      await expect(asked, JSON.stringify(files)).rejects.toMatchObject({
        code: "packages_failed",
        say: expect.stringContaining(words),
      })
    }
  })
})
