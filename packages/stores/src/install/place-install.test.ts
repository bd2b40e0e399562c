import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { run } from "@vibecaas/kernel/spawn"
import { afterEach, expect, test } from "vitest"
import { installWooCommerce } from "./install-woocommerce.ts"
import {
  installDir,
  listInstalls,
  placeInstall,
  removeInstall,
  verifyInstall,
} from "./place-install.ts"

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function world() {
  const dir = mkdtempSync(join(tmpdir(), "installs-"))
  folders.push(dir)
  let ids = 0
  const place = {
    enginesDir: join(dir, "engines"),
    now: () => "2026-11-30T08:00:00Z",
    newId: () => `${ids++}`,
  }
  const write = (files: Record<string, string>, below = "given") => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(dir, below, path, ".."), { recursive: true })
      writeFileSync(join(dir, below, path), text)
    }
    return join(dir, below)
  }
  const left = () =>
    (readdirSync(place.enginesDir, { recursive: true }) as string[]).filter((name) =>
      /unfinished|removed/.test(name),
    )
  return { dir, place, write, left }
}

const medusa = { engine: "medusa", version: "2.21.2" }
const filled = async (dir: string) => {
  writeFileSync(join(dir, "a.js"), "1")
  return []
}

test("an install that could not be filled leaves nothing", async () => {
  const { place, left } = world()
  const broken = placeInstall(place, medusa, async (dir) => {
    writeFileSync(join(dir, "half"), "")
    throw new Error("no network")
  })
  await expect(broken).rejects.toThrow("no network")
  expect(await listInstalls(place.enginesDir)).toEqual([])
  expect(left()).toEqual([])
})

test("of two that install the same at once one wins and the other is told", async () => {
  const { place, left } = world()
  const both = await Promise.allSettled([
    placeInstall(place, medusa, filled),
    placeInstall(place, medusa, filled),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"])
  expect(await listInstalls(place.enginesDir)).toMatchObject([{ ...medusa, files: 1, bytes: 1 }])
  expect(left()).toEqual([])
})

test("a byte, a file or a link that changed after the install is seen", async () => {
  const { place } = world()
  await placeInstall(place, medusa, filled)
  const dir = installDir(place.enginesDir, medusa)
  expect(await verifyInstall(place.enginesDir, medusa)).toMatchObject({ ok: true })
  symlinkSync("/etc/passwd", join(dir, "b"))
  expect(await verifyInstall(place.enginesDir, medusa)).toMatchObject({ ok: false })
  rmSync(join(dir, "b"))
  writeFileSync(join(dir, "a.js"), "2")
  expect(await verifyInstall(place.enginesDir, medusa)).toMatchObject({ ok: false })
})

test("what is removed is gone, also from the list, and removing it again says so", async () => {
  const { place, left } = world()
  await placeInstall(place, medusa, filled)
  expect(await removeInstall(place, medusa)).toBe(true)
  expect(await removeInstall(place, medusa)).toBe(false)
  expect(await listInstalls(place.enginesDir)).toEqual([])
  expect(left()).toEqual([])
})

test.each(["../../etc", ".hidden", "2/1", ""])("%j is no version", (version) => {
  expect(() => installDir("/data/engines", { engine: "medusa", version })).toThrow(
    "names no version",
  )
})

const core = {
  "wp-load.php": "<?php",
  "wp-includes/version.php": "<?php\n$wp_version = '7.1';\n",
  "wp-content/plugins/hello.php": "",
}
const plugin = {
  "woocommerce/woocommerce.php":
    "<?php\n/**\n * Plugin Name: WooCommerce\n * Version: 11.0.1\n * Requires at least: 6.9\n */\n",
}

function wooWorld() {
  const { place, write, ...rest } = world()
  const installer = { place, run, env: { PATH: process.env.PATH ?? "" } }
  return {
    ...rest,
    place,
    write,
    install: (given: Parameters<typeof installWooCommerce>[1]) =>
      installWooCommerce(installer, given),
  }
}

test("WooCommerce is installed from folders, at the version that its plugin says", async () => {
  const { install, write, place, left } = wooWorld()
  const record = await install({
    core: { path: write(core, "core") },
    plugin: { path: write(plugin, "plugin") },
  })
  expect(record).toMatchObject({
    engine: "woocommerce",
    version: "11.0.1",
    parts: [
      { name: "wordpress", version: "7.1" },
      { name: "woocommerce", version: "11.0.1" },
    ],
  })
  expect(readdirSync(installDir(place.enginesDir, record)).sort()).toEqual([
    "core",
    "install.json",
    "plugins",
  ])
  expect(left()).toEqual([])
})

test("an archive with another hash than was said is not unpacked", async () => {
  const { install, write, dir, left } = wooWorld()
  const archive = join(dir, "plugin.tar.gz")
  await run("tar", ["-czf", archive, "-C", write(plugin, "plugin"), "."], {
    env: { PATH: process.env.PATH ?? "" },
  })
  const given = { core: { path: write(core, "core") }, plugin: { path: archive } }
  await expect(
    install({ ...given, plugin: { path: archive, sha256: "0".repeat(64) } }),
  ).rejects.toThrow("and not the one that was said")
  expect(left()).toEqual([])
  await expect(install(given)).resolves.toMatchObject({ version: "11.0.1" })
})

test("a core that is too old for the plugin, and what is neither, is refused with why", async () => {
  const { install, write, dir, left } = wooWorld()
  const old = write(
    { ...core, "wp-includes/version.php": "<?php\n$wp_version = '6.1.9';\n" },
    "old",
  )
  const path = write(plugin, "plugin")
  await expect(install({ core: { path: old }, plugin: { path } })).rejects.toThrow(
    "needs WordPress 6.9; --core is 6.1.9",
  )
  await expect(install({ core: { path }, plugin: { path } })).rejects.toThrow("is no WordPress")
  await expect(install({ core: { path: join(dir, "none") }, plugin: { path } })).rejects.toThrow(
    "is not there",
  )
  symlinkSync("/etc", join(path, "woocommerce/etc"))
  await expect(install({ core: { path: write(core, "core") }, plugin: { path } })).rejects.toThrow(
    "which is no file",
  )
  expect(left()).toEqual([])
})
