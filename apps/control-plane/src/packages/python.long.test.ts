import { readToolchains } from "@vibecaas/microvm/toolchains"
import { describe, expect, test } from "vitest"
import type { PackageFiles } from "./ecosystem.ts"
import { usedBy } from "./ecosystems.ts"
import { listedIn, listPackages } from "./list-packages.ts"
import { languagePackages, newId } from "./testing/language-packages.ts"
import { anySignal } from "./testing/package-world.ts"

const { python } = await readToolchains()
const reason = python === undefined ? " [skipped: this host has no Python]" : ""

/** where wheels of hostile packages put a file */
const ways = {
  climbing: "../../../../../../../../../../tmp/escaped.py",
  absolute: "/tmp/escaped.py",
  programming: "programming-1.0.data/scripts/../../../../../../../../../../../tmp/escaped.py",
}

describe.skipIf(python === undefined)(`packages of Python${reason}`, () => {
  const its = languagePackages("python", (upstream) =>
    upstream.publishPython(
      { name: "one", version: "1.0", requires: ["deep-two>=2"], licence: "BSD-3-Clause" },
      { name: "deep-two", version: "2.1" },
      { name: "tool", version: "3.0", programs: { tool: "tool:main" }, files: { "tool.py": tool } },
      { name: "forged", version: "1.0" },
      ...Object.entries(ways).map(([name, path]) => ({
        ...{ name, version: "1.0", files: { [`${name}.py`]: "", [path]: "print('out')" } },
      })),
    ),
  )
  const { wanted, projectWith } = its

  test("come in by name with what they need, locked by the hash of every wheel", async () => {
    const { changed, ...of } = await projectWith(main, { add: ["one>=1", "tool"] })
    expect(changed.direct).toEqual([
      { name: "one", version: "1.0" },
      { name: "tool", version: "3.0" },
    ])
    expect(changed.files["requirements.in"]).toBe("one>=1\ntool\n")
    expect(changed.files["requirements.txt"]).toMatch(/^deep-two==2\.1 \\\n {4}--hash=sha256:/m)
    const used = await usedBy(its.world.read(of.projectId), of.commit)
    expect(listPackages(listedIn(used), () => []).items).toMatchObject([
      { ecosystem: "python", name: "one", wanted: "one>=1", licence: "BSD-3-Clause" },
      { name: "tool", wanted: "tool" },
      { name: "deep-two", wanted: null, licence: "MIT" },
    ])
    expect(await its.world.packages.look(of)).toEqual({ is: "ready" })

    const guest = await its.world.machine()
    await guest.writeFiles([{ path: "/workspace/main.py", content: Buffer.from(main["main.py"]) }])
    await its.world.packages.use(guest, { ...of, folder: "/workspace", built: true })
    const said = async (...argv: string[]) => {
      const { stdout, stderr } = await guest.exec(argv)
      return `${stdout}${stderr}`
    }
    expect(await said("python3", "main.py")).toBe("1.0 2.1 alone\n")
    expect(await said("tool")).toBe("called\n")
    expect(await said("sh", "-c", "touch .venv/lib/python3*/site-packages/one.py")).toMatch(
      /read-only|denied/i,
    )
  })

  test("a lock file alone is enough, takes nothing without its hash, and adding changes no other", async () => {
    const first = await projectWith({}, { add: ["one"] })
    const lock = first.changed.files["requirements.txt"] ?? ""
    await its.world.forgetLayers()
    const projectId = newId("prj")
    const commit = await its.world.push(projectId, { "requirements.txt": lock })
    await its.world.packages.prepare({ projectId, commit }, anySignal)
    expect(await its.world.packages.look({ projectId, commit })).toEqual({ is: "ready" })

    its.upstream.publishPython({ name: "deep-two", version: "2.2" })
    const more = await its.world.packages.change(first, wanted({ add: ["tool"], dev: true }))
    expect(more.files["requirements.in"]).toBe("one\ntool  # dev\n")
    expect(more.files["requirements.txt"]).toContain("deep-two==2.1")
    const less = await its.world.packages.change(first, wanted({ remove: ["One"] }))
    expect(less).toMatchObject({ count: 0, files: { "requirements.in": "" } })

    const other = lock.replace(/one==1\.0 \\\n {4}--hash=sha256:[0-9a-f]{64}/, (entry) =>
      entry.replace(/[0-9a-f]{64}/, "a".repeat(64)),
    )
    const forged = await its.world.push(projectId, { "requirements.txt": other })
    await expect(
      its.world.packages.prepare({ projectId, commit: forged }, anySignal),
    ).rejects.toMatchObject({ code: "packages_failed", say: expect.stringMatching(/hash/i) })
  })

  test("pyproject.toml says what is asked for where it does, and is left as it is", async () => {
    const project = '[project]\nname = "x"\ndependencies = ["one>=1"]\n'
    const given = { "pyproject.toml": project }
    const { changed } = await projectWith(given, { ecosystem: undefined })
    expect(Object.keys(changed.files)).toEqual(["requirements.txt"])
    expect(changed.direct).toEqual([{ name: "one", version: "1.0" }])
    await expect(projectWith(given, { add: ["tool"] })).rejects.toMatchObject({
      say: expect.stringContaining("names its packages in pyproject.toml"),
    })
  })

  test("what cannot be installed says why, in the registry's words", async () => {
    const change = (...add: string[]) =>
      its.world.packages.change({ projectId: newId("prj"), commit: null }, wanted({ add }))
    await expect(change("missing")).rejects.toMatchObject({
      say: expect.stringContaining("no package missing"),
    })
    await expect(change("one>=7")).rejects.toMatchObject({ say: expect.stringContaining("one>=7") })
    await expect(change("@scope/one")).rejects.toMatchObject({ code: "invalid" })
    its.upstream.misbehave(
      "/wheels/forged",
      (_request, response) => void response.end("other bytes"),
    )
    await expect(change("forged")).rejects.toMatchObject({
      code: "packages_failed",
      say: expect.stringContaining("not those that its registry published"),
    })
  })

  test("a wheel that leads out of its folder is refused, and nothing of it lies anywhere", async () => {
    for (const name of Object.keys(ways)) {
      const change = projectWith({}, { add: [name] })
      await expect(change, name).rejects.toMatchObject({ code: "packages_failed" })
    }
    const guest = await its.world.machine()
    const { stdout } = await guest.exec(["sh", "-c", "ls /tmp /data /workspace; ls .."])
    expect(String(stdout)).not.toContain("escaped")
  })

  test("files that name packages without saying which, or from elsewhere, are not installed", async () => {
    const hash = `--hash=sha256:${"a".repeat(64)}`
    const cases: [string, PackageFiles][] = [
      ["no requirements.txt", { "requirements.in": "one" }],
      ["does not say which bytes", { "requirements.txt": "one==1.0\ntool" }],
      ["does not have tool", { "requirements.in": "tool", "requirements.txt": `one==1.0 ${hash}` }],
      ["is no package", { "requirements.txt": "git+https://example.com/one.git" }],
      ["is no package", { "requirements.txt": "one @ https://example.com/one.whl" }],
      ["is no package", { "requirements.txt": "--index-url https://example.com/simple" }],
      ["is no package", { "requirements.txt": "-e ." }],
      ["which version", { "requirements.txt": `one>=1 ${hash}` }],
      ["is no TOML", { "pyproject.toml": "[project" }],
    ]
    for (const [words, files] of cases) {
      const projectId = newId("prj")
      const commit = await its.world.push(projectId, files)
      const asked = its.world.packages.prepare({ projectId, commit }, anySignal)
      await expect(asked, JSON.stringify(files)).rejects.toMatchObject({
        code: "packages_failed",
        say: expect.stringContaining(words),
      })
    }
  })

  test("a project of two ecosystems has both, and says which one a change is for", async () => {
    its.upstream.publish({ name: "left", version: "1.0.0" })
    const { changed, ...of } = await projectWith(main, { add: ["one"] })
    const npm = await its.world.packages.change(of, wanted({ ecosystem: "npm", add: ["left"] }))
    const commit = await its.world.push(of.projectId, npm.files)
    const both = { projectId: of.projectId, commit }
    await expect(
      its.world.packages.change(both, wanted({ ecosystem: undefined, add: ["tool"] })),
    ).rejects.toMatchObject({ code: "invalid", say: expect.stringContaining("npm and python") })
    const guest = await its.world.machine()
    await its.world.packages.use(guest, { ...both, folder: "/workspace", built: true })
    const script = "node -p 'require(\"left\")' && python3 -c 'import one; print(one.version)'"
    expect(String((await guest.exec(["sh", "-c", script])).stdout)).toBe("1.0.0\n1.0\n")
  })
})

const tool = "def main():\n    print('called')\n"
/** Packages that the system happens to have are out of sight. */
const main = {
  "main.py": `import sys, one, deep_two
print(one.version, deep_two.version, "alone" if not any("dist-packages" in p for p in sys.path) else sys.path)
`,
}
