import { systemClock } from "@vibecaas/kernel/clock"
import { makeNewId } from "@vibecaas/kernel/id"
import { readToolchains } from "@vibecaas/microvm/toolchains"
import { type GoModule, goSum } from "@vibecaas/registry/testing/go-modules"
import { publicRegistry } from "@vibecaas/registry/testing/public-registry"
import { expect, test } from "vitest"
import { anySignal, packageWorld } from "./testing/package-world.ts"

const { go } = await readToolchains()
const reason = go === undefined ? " [skipped: this host has no Go]" : ""

const notes: GoModule = {
  module: "example.com/Notes",
  version: "v1.2.0",
  files: { "notes.go": 'package notes\n\nconst Word = "with notes"\n' },
}
const files = {
  "go.mod":
    "module app\n\ngo 1.21\n\n// buildWithout settings.json\n\nrequire example.com/Notes v1.2.0\n",
  "go.sum": goSum(notes),
  "settings.json": "{}",
  "main.go":
    'package main\n\nimport (\n\t"fmt"\n\t"net/http"\n\t"os"\n\n\tnotes "example.com/Notes"\n)\n\nfunc main() {\n\tif len(os.Args) > 1 {\n\t\tfmt.Println(notes.Word)\n\t\treturn\n\t}\n\thttp.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil)\n}\n',
  "main_test.go": 'package main\n\nimport "testing"\n\nfunc TestWord(t *testing.T) {}\n',
}

test.skipIf(go === undefined)(
  `an app in Go is built with the modules of its go.sum, and its commands find them without a network${reason}`,
  async () => {
    const upstream = await publicRegistry()
    const world = await packageWorld(upstream.base)
    try {
      upstream.publishGo(notes)
      const projectId = makeNewId(systemClock)("prj")
      const of = { projectId, commit: await world.push(projectId, files) }
      await world.packages.prepare(of, anySignal)

      const guest = await world.machine()
      const said = async (...argv: string[]) => {
        const { stdout, stderr } = await guest.exec(argv, { timeoutMs: 300_000 })
        return `${stdout}${stderr}`
      }
      const written = Object.entries(files).map(([path, text]) => ({
        path: `/workspace/${path}`,
        content: Buffer.from(text),
      }))
      await guest.writeFiles(written)
      await world.packages.use(guest, { ...of, folder: "/workspace", built: true })
      expect(await said("./bin/app", "say")).toBe("with notes\n")
      expect(await said("go", "test", "-json", "./...")).toContain(
        '"Action":"pass","Package":"app","Test":"TestWord"',
      )
      expect(await said("go", "run", ".", "say")).toBe("with notes\n")
      expect(await said("sh", "-c", "touch .gomod/example.com/\\!notes@v1.2.0/notes.go")).toMatch(
        /read-only|denied/i,
      )
      expect(await said("go", "mod", "verify")).not.toMatch(/modified|FAIL/i)
      expect(await said("go", "get", "example.com/other")).toMatch(/GOPROXY=off|disabled/)

      // Settings are read when it runs: another title builds nothing anew.
      const commit = await world.push(projectId, { "settings.json": '{"title":"Other"}' })
      expect(await world.packages.look({ projectId, commit })).toEqual({ is: "ready" })

      await world.forgetLayers()
      const forged = files["go.sum"].replace(/h1:\w{4}/, "h1:AAAA")
      const other = await world.push(projectId, { "go.sum": forged })
      await expect(
        world.packages.install({ projectId, commit: other }, anySignal),
      ).rejects.toMatchObject({ code: "packages_failed", say: expect.stringContaining("checksum") })
    } finally {
      await world.close()
      await upstream.close()
    }
  },
  1_800_000,
)
