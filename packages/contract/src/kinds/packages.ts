import { z } from "zod"
import { instant } from "../ids.ts"
import { defineKind } from "../kind.ts"
import type { RouteTable } from "../route.ts"
import { commitRef, inProject, projectId } from "./projects.ts"

/** A package of the registry, by name and perhaps version: no address, no folder, no git. */
export const packageSpec = z
  .string()
  .max(300)
  .regex(
    /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[A-Za-z0-9_~-][A-Za-z0-9._~-]*(@[A-Za-z0-9^~<>=*|. _+-]{1,100})?$/,
    "A package is a name, with @ and a version if you want a certain one, such as react or react@19.",
  )
export const packageName = z
  .string()
  .max(214)
  .regex(
    /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[A-Za-z0-9_~-][A-Za-z0-9._~-]*$/,
    "That is no name of a package.",
  )
/** most that one change may name */
export const packagesPerChange = 30

const advisory = z.object({
  severity: z.string(),
  title: z.string(),
  url: z.string().nullable(),
})

export const installedPackage = z
  .object({
    name: z.string(),
    version: z.string(),
    wanted: z
      .string()
      .nullable()
      .meta({ description: "what the project's files ask for; null: another package needs it" }),
    dev: z.boolean().meta({ description: "needed only while building and testing" }),
    licence: z.string().nullable(),
    advisories: z.array(advisory).meta({ description: "known security problems of this version" }),
  })
  .meta({ id: "InstalledPackage" })
export type InstalledPackage = z.infer<typeof installedPackage>

export const packageChange = z
  .object({
    state: z.enum(["working", "done", "failed"]),
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
      add: z.array(packageSpec).max(packagesPerChange).default([]),
      remove: z.array(packageName).max(packagesPerChange).default([]),
      dev: z.boolean().default(false).meta({ description: "what is added is only for building" }),
    }),
    reply: { status: 202, body: packageChange },
    faults: ["wrong_state"],
  },
} as const satisfies RouteTable

export const packages = defineKind({
  noun: "package",
  about:
    "Packages of public registries that projects use: installed apart from apps, checked by hash, shared where they are the same.",
  parent: "project",
  routes: packageRoutes,
})
