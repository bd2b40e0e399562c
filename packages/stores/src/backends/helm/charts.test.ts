import { existsSync } from "node:fs"
import { join } from "node:path"
import { test } from "vitest"
import { chartFacts } from "./charts.suite.ts"

const cache = join(import.meta.dirname, "../../../../../.cache")
const places = [
  process.env.VIBECAAS_TEST_HELM ?? "",
  join(cache, "helm-4.2.4/helm"),
  ...(process.env.PATH ?? "").split(":").map((folder) => join(folder, "helm")),
]
const helm = places.find((path) => path !== "" && existsSync(path))

if (helm) chartFacts(() => helm)
else {
  test("charts are as they always were", ({ skip }) =>
    skip("needs Helm; say where by VIBECAAS_TEST_HELM"))
}
