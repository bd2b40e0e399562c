import { readdirSync } from "node:fs"
import { join } from "node:path"
import { run } from "@vibecaas/kernel/spawn"
import { describe, expect, test } from "vitest"

export const chartsDir = join(import.meta.dirname, "../../../../../charts")
export const engineCharts = ["store-simulator"] as const
export const valuesOf = (chart: string) =>
  readdirSync(join(chartsDir, chart))
    .filter((name) => /^values-\w+\.yaml$/.test(name))
    .sort()

/** @throws with what Helm said */
export async function printedBy(helm: string, argv: readonly string[]): Promise<string> {
  const env = { HOME: "/nonexistent", PATH: "/usr/bin:/bin", HELM_NO_PLUGINS: "1" }
  const { exitCode, stdout, stderr } = await run(helm, [...argv], { env, timeoutMs: 60_000 })
  if (exitCode === 0) return stdout.toString("utf8")
  throw new Error(`${stderr}${stdout}`)
}

const long = "a-shop-with-a-name-as-long-as-helm-lets-releases-have"
const work = JSON.stringify({
  ...{ name: "personalise", key: "ab12", argv: ["/usr/local/bin/node", "-e", '"; $(id)'] },
  ...{ existingSecret: "env-work", seconds: 60 },
})

/** What holds of every chart, by whichever Helm. */
export function chartFacts(helm: () => string): void {
  test("chart store-rights lints strictly, and gives nobody all of anything", async () => {
    const dir = join(chartsDir, "store-rights")
    await printedBy(helm(), ["lint", "--strict", dir])
    const text = await printedBy(helm(), ["template", "rights", dir])
    expect(text).not.toMatch(/\*|escalate|impersonate|cluster-admin/)
  })

  describe.each(engineCharts)("chart %s", (chart) => {
    const dir = join(chartsDir, chart)
    const render = (release: string, ...more: string[]) =>
      printedBy(helm(), ["template", release, dir, ...more])

    test.each(valuesOf(chart))("%s lints strictly and renders what it always has", async (file) => {
      const values = ["--values", join(dir, file)]
      await printedBy(helm(), ["lint", "--strict", dir, ...values])
      const text = await render("store", "--namespace", "shop", ...values)
      // Helm 3 and 4 differ in empty lines alone.
      await expect(text.replaceAll(/\n{2,}/g, "\n")).toMatchFileSnapshot(join(dir, "golden", file))
    })

    test("names fit into 63 characters, and are others for another release", async () => {
      const image = ["--set", "image=registry.test/shop:1"]
      const [one, other] = await Promise.all(
        [long, `${long.slice(0, -1)}x`].map(async (release) =>
          namesIn(await render(release, ...image)),
        ),
      )
      for (const name of one ?? []) expect(name).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/)
      expect(one?.length).toBeGreaterThan(3)
      expect(one?.filter((name) => other?.includes(name))).toEqual([])
    })

    test("a step is rendered alone; what it is told stays one argument each", async () => {
      const more = ["--set", "image=registry.test/shop:1", "--set-json", `work=${work}`]
      const text = await render("store", ...more, "--show-only", "templates/work.yaml")
      expect(text.match(/^kind: .*/gm)).toEqual(["kind: Job"])
      expect(text).toContain('- "\\"; $(id)"')
    })

    test.each([
      ["no image", []],
      ["an image that changes by itself", ["image=registry.test/shop:latest"]],
      ["a value that nobody reads", ["image=a:1", "password=secret"]],
      ["a user that is root", ["image=a:1", "user=0"]],
      ["a port that only root may have", ["image=a:1", "processes.shop.port=80"]],
    ])("%s is refused by the schema", async (_, sets) => {
      const more = sets.flatMap((set) => ["--set", set])
      await expect(render("store", ...more)).rejects.toThrow(/schema/)
    })
  })
}

const namesIn = (text: string) =>
  [...text.matchAll(/^metadata:\n {2}name: (.*)$/gm)].map(([, name = ""]) => name)
