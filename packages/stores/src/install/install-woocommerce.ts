import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fault } from "@vibecaas/kernel/fault"
import type { run } from "@vibecaas/kernel/spawn"
import { compareVersions } from "../engines/versions.ts"
import { type InstallPlace, type InstallRecord, placeInstall } from "./place-install.ts"
import { unpack } from "./unpack.ts"

export interface Given {
  /** folder or archive */
  path: string
  sha256?: string | undefined
}

export interface WooCommerceInstaller {
  place: InstallPlace
  run: typeof run
  env: Record<string, string>
}

/** What the core's wp-config.php says: everything is in a file that comes with each store. */
const wpConfig = `<?php
$store_settings = getenv('STORE_SETTINGS');
if (!$store_settings) { http_response_code(500); exit(1); }
require $store_settings;
require_once ABSPATH . 'wp-settings.php';
`

/**
 * Installs a release of WooCommerce with the WordPress it runs on, as the operator gave them. The
 * version is read from the plugin.
 *
 * @throws Fault `invalid` when one of them is not what it should be, or they do not fit
 */
export async function installWooCommerce(
  { place, run, env }: WooCommerceInstaller,
  given: { core: Given; plugin: Given },
): Promise<InstallRecord> {
  const parts = join(place.enginesDir, "woocommerce", `.parts.${place.newId()}.unfinished`)
  const [core, plugin] = [join(parts, "core"), join(parts, "plugin")]
  try {
    const coreHash = await unpack({ run, env }, { ...given.core, flag: "--core" }, core)
    const pluginHash = await unpack({ run, env }, { ...given.plugin, flag: "--plugin" }, plugin)
    const [coreRoot, pluginRoot] = [
      await rootOf(core, "wp-load.php"),
      await rootOf(plugin, "woocommerce.php"),
    ]
    const wordpress = await wordpressVersion(coreRoot, given.core.path)
    const { version, needs } = await pluginVersion(pluginRoot, given.plugin.path)
    if (needs && compareVersions(wordpress, needs) < 0)
      throw fault("invalid", {
        say: `WooCommerce ${version} needs WordPress ${needs}; --core is ${wordpress}. Nothing was installed.`,
      })
    return await placeInstall(place, { engine: "woocommerce", version }, async (dir) => {
      await rename(coreRoot, join(dir, "core"))
      await rm(join(dir, "core/wp-content/plugins"), { recursive: true, force: true })
      await rm(join(dir, "core/wp-config-sample.php"), { force: true })
      await writeFile(join(dir, "core/wp-config.php"), wpConfig)
      await mkdir(join(dir, "plugins"))
      await rename(pluginRoot, join(dir, "plugins/woocommerce"))
      return [
        { name: "wordpress", version: wordpress, sha256: coreHash },
        { name: "woocommerce", version, sha256: pluginHash },
      ]
    })
  } finally {
    await rm(parts, { recursive: true, force: true })
  }
}

/** The folder that holds a file: the given one, or the only one in it, as archives of vendors have it. */
async function rootOf(dir: string, file: string): Promise<string> {
  const names = await readdir(dir)
  if (names.includes(file)) return dir
  const [only] = names
  if (
    names.length === 1 &&
    only &&
    (await readdir(join(dir, only)).catch((): string[] => [])).includes(file)
  )
    return join(dir, only)
  return dir
}

async function wordpressVersion(root: string, given: string): Promise<string> {
  const text = await readFile(join(root, "wp-includes/version.php"), "utf8").catch(() => "")
  const version = /^\$wp_version = '([0-9][\w.+-]*)'/m.exec(text)?.[1]
  if (version) return version
  throw fault("invalid", { say: `--core ${given} is no WordPress. Nothing was installed.` })
}

async function pluginVersion(root: string, given: string) {
  const text = await readFile(join(root, "woocommerce.php"), "utf8").catch(() => "")
  const of = (field: string) => new RegExp(`^ \\* ${field}: ([0-9][\\w.+-]*)`, "m").exec(text)?.[1]
  const version = of("Version")
  if (version) return { version, needs: of("Requires at least") }
  throw fault("invalid", {
    say: `--plugin ${given} is no built WooCommerce: it has no woocommerce.php with a version. Nothing was installed.`,
  })
}
