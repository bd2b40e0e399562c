import type { PackageEcosystem } from "@vibecaas/contract/kinds/packages"
import { systemClock } from "@vibecaas/kernel/clock"
import { makeNewId } from "@vibecaas/kernel/id"
import {
  anySignal,
  type PackageWorld,
  packageWorld,
} from "../src/packages/testing/package-world.ts"
import { publicUpstreams } from "../src/packages/testing/packages-in.ts"
import { printTable } from "./figures.ts"

interface App {
  ecosystem: PackageEcosystem
  add: string[]
}

const apps: Record<string, App> = {
  "express 5": { ecosystem: "npm", add: ["express@5"] },
  "React 19 and Vite 7": {
    ecosystem: "npm",
    add: ["react@19", "react-dom@19", "vite@7", "@vitejs/plugin-react@5"],
  },
  "FastAPI and uvicorn": { ecosystem: "python", add: ["fastapi", "uvicorn"] },
  "chi and bbolt": { ecosystem: "go", add: ["github.com/go-chi/chi/v5", "go.etcd.io/bbolt"] },
}
const build = { scripts: { build: "vite build" } }
const page = {
  "index.html": '<div id="root"></div><script type="module" src="/main.jsx"></script>',
  "vite.config.js":
    'import react from "@vitejs/plugin-react"\nexport default { plugins: [react()] }\n',
  "main.jsx":
    'import { createRoot } from "react-dom/client"\ncreateRoot(document.getElementById("root")).render(<h1>Hello</h1>)\n',
}

/** Installing from a public registry, again from what is kept, and using what is there. */
export async function benchPackages(): Promise<void> {
  const rows: string[][] = []
  for (const [name, app] of Object.entries(apps)) {
    const world = await packageWorld(publicUpstreams)
    try {
      rows.push([name, ...(await measure(world, app))])
    } finally {
      await world.close()
    }
  }
  printTable("packages, in seconds", [
    [
      "",
      "packages",
      "add by name",
      "install, files kept",
      "look, layer kept",
      "use in a machine",
      "build",
    ],
    ...rows,
  ])
}

async function measure(world: PackageWorld, { ecosystem, add }: App): Promise<string[]> {
  const projectId = makeNewId(systemClock)("prj")
  const builds = add.some((name) => name.startsWith("vite@"))
  let commit = await world.push(projectId, {
    "README.md": "An app.",
    ...(ecosystem === "npm" ? manifestOf(builds ? build : {}) : {}),
    ...(builds ? page : {}),
  })
  const change = { ecosystem, add, remove: [], dev: false, signal: anySignal, print: () => {} }
  const [cold, changed] = await timed(() => world.packages.change({ projectId, commit }, change))
  commit = await world.push(projectId, changed.files)
  const of = { projectId, commit }
  await world.forgetLayers()
  const [kept] = await timed(() => world.packages.install(of, anySignal))
  const [known] = await timed(() => world.again().install(of, anySignal))
  const [built] = builds ? await timed(() => world.packages.prepare(of, anySignal)) : [undefined]
  const guest = await world.machine()
  const use = { ...of, folder: "/workspace", built: builds }
  const [used] = await timed(() => world.packages.use(guest, use))
  return [String(changed.count), ...[cold, kept, known, used, built].map(seconds)]
}

const manifestOf = (given: object) => ({
  "package.json": JSON.stringify({ private: true, type: "module", ...given }),
})

async function timed<T>(action: () => Promise<T>): Promise<[number, T]> {
  const before = performance.now()
  const value = await action()
  return [performance.now() - before, value]
}

const seconds = (ms: number | undefined) => (ms === undefined ? "" : (ms / 1000).toFixed(2))
