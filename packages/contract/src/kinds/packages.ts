import { z } from "zod"
import { commitRef } from "../commits.ts"
import { instant } from "../ids.ts"
import { defineKind } from "../kind.ts"
import type { RouteTable } from "../route.ts"
import { inProject, projectId } from "./projects.ts"

/** Where packages come from: a public registry and an installer of its own each. */
export const packageEcosystems = ["npm", "python", "go", "rust"] as const
export const packageEcosystem = z.enum(packageEcosystems)
export type PackageEcosystem = z.infer<typeof packageEcosystem>

const npmName = "(?:@[a-z0-9~-][a-z0-9._~-]*\\/)?[A-Za-z0-9_~-][A-Za-z0-9._~-]*"
const npmVersion = "@[A-Za-z0-9^~<>=*|. _+-]{1,100}"
const pythonName = "[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"
const pythonExtras = "\\[[A-Za-z0-9._, -]{1,100}\\]"
const pythonVersion = " ?(?:[=!~<>]=|===|<|>) ?[A-Za-z0-9.*+!_-]{1,60}"

const goName = "[a-z0-9-]+(?:\\.[a-z0-9-]+)+(?:/[A-Za-z0-9_~-]+(?:\\.[A-Za-z0-9_~-]+)*)+"
const goVersion = "@(?:v[0-9][A-Za-z0-9.+-]{0,100}|latest|upgrade|patch)"

const crateName = "[A-Za-z][A-Za-z0-9_-]{0,63}"
const crateVersion = "@[0-9~^=<>*][0-9A-Za-z.*^~=<>, -]{0,60}"
const crateFeatures = "\\+[A-Za-z0-9_-]{1,40}(?:,[A-Za-z0-9_-]{1,40})*"

const whole = (...forms: string[]) => new RegExp(`^(?:${forms.join("|")})$`)
const npmSpec = `${npmName}(?:${npmVersion})?`
const goSpec = `${goName}(?:${goVersion})?`
const crateSpec = `${crateName}(?:${crateVersion})?(?:${crateFeatures})?`
const pythonSpec = `${pythonName}(?:${pythonExtras})?(?:${pythonVersion}(?:,${pythonVersion})*)?`

/** How a package and a name are written in each ecosystem: no address, no folder, no git. */
export const packageForms: Record<PackageEcosystem, { name: RegExp; spec: RegExp; say: string }> = {
  npm: {
    name: whole(npmName),
    spec: whole(npmSpec),
    say: "A package is a name, with @ and a version if you want a certain one, such as react or react@19.",
  },
  python: {
    name: whole(pythonName),
    spec: whole(pythonSpec),
    say: "A package of Python is a name, with a version if you want a certain one, such as fastapi or fastapi==0.115.0.",
  },
  go: {
    name: whole(goName),
    spec: whole(goSpec),
    say: "A module of Go is a path, with @ and a version if you want a certain one, such as github.com/go-chi/chi/v5 or github.com/go-chi/chi/v5@v5.2.0.",
  },
  rust: {
    name: whole(crateName),
    spec: whole(crateSpec),
    say: "A crate is a name, with @ and a version if you want a certain one and + and features if it shall have some, such as serde, serde@1 or serde@1+derive.",
  },
}

/** A package of a registry, by name and perhaps version. */
export const packageSpec = z
  .string()
  .max(300)
  .regex(
    whole(npmSpec, pythonSpec, goSpec, crateSpec),
    "A package is a name, with a version if you want a certain one, such as react@19 or fastapi==0.115.0.",
  )
export const packageName = z
  .string()
  .max(214)
  .regex(whole(npmName, pythonName, goName, crateName), "That is no name of a package.")
/** most packages of one project that may run scripts */
export const packageScriptsMax = 50
/** most that one change may name */
export const packagesPerChange = 30

const advisory = z.object({
  severity: z.string(),
  title: z.string(),
  url: z.string().nullable(),
})

export const installedPackage = z
  .object({
    ecosystem: packageEcosystem,
    name: z.string(),
    version: z.string(),
    wanted: z
      .string()
      .nullable()
      .meta({ description: "what the project's files ask for; null: another package needs it" }),
    dev: z.boolean().meta({ description: "needed only while building and testing" }),
    licence: z.string().nullable(),
    advisories: z.array(advisory).meta({ description: "known security problems of this version" }),
    script: z.enum(["skipped", "allowed"]).nullable().meta({
      description:
        "it has a script of its own that runs when it is installed: skipped unless a person allows it; null: it has none",
    }),
  })
  .meta({ id: "InstalledPackage" })
export type InstalledPackage = z.infer<typeof installedPackage>

const npmPackageName = z.string().max(214).regex(whole(npmName), "That is no name of a package.")

export const packageScript = z
  .object({ name: npmPackageName, allowed: z.boolean() })
  .meta({ id: "PackageScript" })

export const packageChange = z
  .object({
    state: z.enum(["working", "done", "failed"]),
    ecosystem: packageEcosystem
      .nullable()
      .meta({ description: "where they come from; null: the one that the project uses" }),
    add: z.array(z.string()),
    remove: z.array(z.string()),
    failure: z.string().nullable(),
    log: z.string().meta({ description: "the end of what was printed" }),
    startedAt: instant,
  })
  .meta({ id: "PackageChange" })
export type PackageChange = z.infer<typeof packageChange>

const ofProject = z
  .object({
    commit: z.string().nullable(),
    ecosystems: z
      .array(packageEcosystem)
      .meta({ description: "those that the project's files use" }),
    items: z.array(installedPackage),
    total: z.number().int().meta({ description: "packages in all, those that others need too" }),
    problem: z
      .string()
      .nullable()
      .meta({ description: "why the files cannot be read, for people" }),
    advisories: z
      .enum(["known", "asked", "unavailable"])
      .meta({ description: "whether the registry said which versions have known problems" }),
    change: packageChange
      .nullable()
      .meta({ description: "what somebody changes now, or changed last" }),
  })
  .meta({ id: "ProjectPackages" })
export type ProjectPackages = z.infer<typeof ofProject>

const params = z.object({ projectId })

export const packageRoutes = {
  "GET /projects/{projectId}/packages": {
    summary: "Packages that a project's files name, with what those need",
    access: { ...inProject, permission: "project:read" },
    params,
    query: z.object({ commit: commitRef.optional() }),
    reply: { status: 200, body: ofProject },
  },
  "POST /projects/{projectId}/packages": {
    summary: "Add packages to a project's files and take others away; it goes on after the answer",
    access: { ...inProject, permission: "project:update" },
    params,
    body: z.strictObject({
      ecosystem: packageEcosystem.optional().meta({
        description: "where they come from; absent: the one that the project uses, or npm",
      }),
      add: z.array(packageSpec).max(packagesPerChange).default([]),
      remove: z.array(packageName).max(packagesPerChange).default([]),
      dev: z.boolean().default(false).meta({ description: "what is added is only for building" }),
    }),
    reply: { status: 202, body: packageChange },
    faults: ["wrong_state"],
  },
  "PUT /projects/{projectId}/packages/script": {
    summary:
      "Allow a package of npm to run its own script when it is installed, or no longer; it counts from the next start on",
    access: { ...inProject, permission: "project:update" },
    // Whoever lets strangers' code run is a person.
    apiKey: false,
    params,
    body: z.strictObject({ name: npmPackageName, allowed: z.boolean() }),
    reply: { status: 200, body: packageScript },
    faults: ["quota_exceeded", "wrong_state"],
  },
} as const satisfies RouteTable

export const packages = defineKind({
  noun: "package",
  about:
    "Packages of public registries that projects use: installed apart from apps, checked by hash, shared where they are the same.",
  parent: "project",
  routes: packageRoutes,
})
