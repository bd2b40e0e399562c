import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect } from "vitest"
import { bedTest, printed } from "../bed-test.ts"

bedTest("shops", "every release of WooCommerce there is the one its name says", async (world) => {
  const releases = readdirSync(world.bed).flatMap((file) => {
    const version = /^woocommerce-(.+)\.tar\.zst$/.exec(file)?.[1]
    return version === undefined ? [] : [{ file, version }]
  })
  expect(releases).not.toEqual([])
  for (const { file, version } of releases) {
    const header = "woocommerce/woocommerce.php"
    printed(["tar", "--zstd", "-C", world.dir, "-xf", join(world.bed, file), header])
    expect(readFileSync(join(world.dir, header), "utf8")).toContain(`Version: ${version}`)
  }
})
