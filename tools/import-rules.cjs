/** Which room may import which, each with its reason. */
const { existsSync, readdirSync, readFileSync } = require("node:fs")
const { join } = require("node:path")

const root = join(__dirname, "..")
const controlPlane = "^apps/control-plane/src"
const test = "\\.(test|suite|bench)\\.ts$|/testing/"
/** Folders of the server that are no kind. */
const rooms = ["core", "db", "http", "gateway", "live", "main"]

/**
 * Kinds from left to right: those of the contract's list in its order, then every other folder of
 * the server, which has rules before anybody has given it a place.
 */
const kinds = kindsInOrder()
const anyKind = `${controlPlane}/(${kinds.join("|")})/`

function kindsInOrder() {
  const folders = foldersIn("apps/control-plane/src").filter((name) => !rooms.includes(name))
  const listed = listedKinds().filter((name) => folders.includes(name))
  return [...listed, ...folders.filter((name) => !listed.includes(name)).sort()]
}

function foldersIn(path) {
  const folder = join(root, path)
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
}

/** The names in `export const kinds = { … }` of the contract. */
function listedKinds() {
  const file = join(root, "packages/contract/src/kinds.ts")
  if (!existsSync(file)) return []
  const [, list = ""] = /export const kinds = \{([^}]*)\}/.exec(readFileSync(file, "utf8")) ?? []
  return list.match(/[a-z]\w*/gi) ?? []
}

const room = ({ name, from, to, comment }) => ({
  name,
  comment,
  severity: "error",
  from: { path: from, pathNot: test },
  to: { path: to },
})

/** Kinds are ordered; each may import those to its left, and only through their door. */
const orderOfKinds = kinds.flatMap((kind, index) => {
  const right = kinds.slice(index + 1)
  const doors = ["live", ...kinds].filter((other) => other !== kind)
  return [
    ...(right.length > 0
      ? [
          room({
            name: `${kind}-imports-leftwards`,
            from: `${controlPlane}/${kind}/`,
            to: `${controlPlane}/(${right.join("|")})/`,
            comment:
              "Kinds depend in one direction, so each can be understood without those to its right.",
          }),
        ]
      : []),
    {
      name: `${kind}-uses-doors`,
      comment: "Another kind is entered through its index.ts, the only file it promises to keep.",
      severity: "error",
      from: { path: `${controlPlane}/${kind}/`, pathNot: test },
      to: { path: `${controlPlane}/(${doors.join("|")})/`, pathNot: "/index\\.ts$|/tables/" },
    },
  ]
})

/** Rooms that know no kind; main/ hands them what they need. */
const roomsWithoutKinds = ["core", "db", "live", "gateway", "http"].map((name) =>
  room({
    name: `${name}-imports-no-kind`,
    from: `${controlPlane}/${name}/`,
    to: anyKind,
    comment: `${name}/ serves every kind, also those that come: main/ hands it what it needs.`,
  }),
)

/** Packages in the order in which they may know each other. */
const packageRules = [
  {
    name: "contract-is-a-leaf",
    from: "^packages/contract/",
    to: "^(packages/(?!contract/)|apps)",
    comment: "The contract is shared with browsers: it knows nobody.",
  },
  {
    name: "kernel-is-low",
    from: "^packages/kernel/",
    to: "^(packages/(?!kernel/|contract/)|apps)",
    comment: "The kernel knows nothing of what is built on it.",
  },
  {
    name: "packages-stand-alone",
    from: "^packages/(?!contract/|kernel/)([^/]+)/",
    to: "^(packages/(?!contract/|kernel/|$1/)|apps)",
    comment: "A package works for whoever uses it: it knows the contract, the kernel and itself.",
  },
  {
    name: "dashboard-sees-only-contract",
    from: "^apps/dashboard/",
    to: "^(packages/(?!contract/)|apps/control-plane)",
    comment: "Browser bundles must never reach the database or secrets.",
  },
  {
    name: "cli-sees-only-contract",
    from: "^apps/cli/",
    to: "^(packages/(?!contract/)|apps/(?!cli/))",
    comment: "What people download knows the API and nothing behind it.",
  },
].map(room)

const evaluationRules = [
  {
    name: "evaluation-is-a-stranger",
    from: "^evaluation/",
    to: "^(packages/(?!contract/)|apps/|starters/)",
    comment: "It measures what people get: it touches only HTTP and the browser.",
  },
].map(room)

const starterRules = [
  {
    name: "starters-are-data",
    from: "^(packages|apps)/",
    to: "^starters/",
    comment:
      "A starter is committed into projects as it is; the platform reads it and never runs it.",
  },
].map(room)

const offlineModelRules = [
  {
    name: "offline-model-is-a-model",
    from: "^packages/offline-model/",
    to: "^(packages/(?!offline-model/)|apps/|starters/)",
    comment: "It gets the same text as any model and knows nothing of the platform behind it.",
  },
  {
    name: "offline-model-thinks-in-its-thread",
    from: "^packages/offline-model/src/(index|offline-model|thread|call)\\.ts",
    to: "^packages/offline-model/src/(?!(offline-model|thread|call)\\.ts)",
    comment: "What runs in the server's thread reads no text.",
  },
  {
    name: "only-models-names-the-offline-model",
    from: `${controlPlane}/(?!agents/(models/offline\\.ts|simulators/))`,
    to: "^packages/offline-model/",
    comment: "For everybody else it is one model among others.",
  },
].map(room)

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Files that import each other can only be understood together, types included.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "nothing-unresolved",
      comment: "An import that cannot be resolved is a file the rules cannot see.",
      severity: "error",
      // What engines of shops bring runs in their installs, which have what it imports.
      from: { pathNot: "^(apps/dashboard|packages/stores/engines)/" },
      to: { couldNotResolve: true, pathNot: "^(cloudflare:|bun:)" },
    },
    ...packageRules,
    ...evaluationRules,
    ...starterRules,
    ...offlineModelRules,
    ...roomsWithoutKinds,
    room({
      name: "kinds-import-no-http",
      from: anyKind,
      to: `${controlPlane}/(http|gateway|main)/`,
      comment:
        "A kind works the same for a loop, a script and a request: it is handed what it needs.",
    }),
    room({
      name: "kinds-import-no-gateway",
      from: anyKind,
      to: `${controlPlane}/gateway/`,
      comment: "A kind says what is behind a host; main/ hands it to the gateway.",
    }),
    room({
      name: "core-is-low",
      from: `${controlPlane}/(core|db)/`,
      to: `${controlPlane}/(http|gateway|live|main)/`,
      comment: "What every kind is made with knows nothing of who serves kinds.",
    }),
    room({
      name: "http-types-only-at-the-edge",
      from: `${controlPlane}/(?!http/|gateway/|main/|[^/]+/routes\\.ts)`,
      to: "node_modules/(fastify|ws|@types/ws)/",
      comment: "Requests end in http/ and routes.ts; behind them stand plain values.",
    }),
    room({
      name: "only-main-names-drivers",
      from: `${controlPlane}/(?!main/)`,
      to: "^packages/microvm/src/drivers/",
      comment: "The composition root chooses drivers; everybody else knows the port.",
    }),
    room({
      name: "only-main-names-backends",
      from: `${controlPlane}/(?!main/)`,
      to: "^packages/stores/src/(backends|engines|remote)/",
      comment: "The composition root chooses engines and backends; everybody else knows the ports.",
    }),
    room({
      name: "engines-know-no-backend",
      from: "^packages/stores/src/engines/",
      to: "^packages/stores/src/(backends|remote)/",
      comment: "An engine is data and pure functions: it runs the same on every backend.",
    }),
    room({
      name: "programs-of-stores-stand-alone",
      from: "^packages/stores/src/.*/program/",
      to: "^packages/(?!stores/src/.*/program/)|node_modules/",
      comment: "They are copied into stores as they are and run there with nothing but Node.",
    }),
    {
      name: "database-only-in-queries",
      comment: "SQL lives in db/ and queries.ts, where reviewers look for it.",
      severity: "error",
      from: {
        path: `${controlPlane}/`,
        pathNot: `${test}|/db/|/queries\\.ts$|/queries/|/main/|/http/(session|auth|listen)`,
      },
      to: { path: "node_modules/(pg|drizzle-orm)/" },
    },
    ...orderOfKinds,
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(\\.next|/migrations/meta/)" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
}
