import { z } from "zod"
import type { Integrity } from "./integrity.ts"

/** What a registry says of a package, as installers get to read it from us. */
export interface Document {
  body: Uint8Array
  files: Files
}

/**
 * The files of a package by the name in our address. What a file's bytes are was promised when it was
 * first seen, and stays; `url` is absent for one that its registry does not name any more.
 */
export type Files = Record<string, Integrity & { url?: string | undefined }>

export const filesSchema: z.ZodType<Files> = z.record(
  z.string(),
  z.object({
    algorithm: z.enum(["sha512", "sha384", "sha256", "sha1", "h1-zip", "h1-mod"]),
    hex: z.string(),
    url: z.string().optional(),
  }),
)

/** Where a file is now, and what its bytes must be. */
export function fileIn(
  { files }: Document,
  name: string,
): { url: URL; integrity: Integrity } | undefined {
  const { url, ...integrity } = (Object.hasOwn(files, name) && files[name]) || {}
  return url === undefined ? undefined : { url: new URL(url), integrity: integrity as Integrity } // with an address it is whole
}

export interface Said {
  name: string
  /** address of the registry, ending with a slash */
  base: string
  bytes: Uint8Array
  /** what was promised before */
  promised: Files
}

/** Reads a registry's answer. @throws Refusal 502 */
export type Parse = (said: Said) => Document

/** A file's promise, given what the registry says now: the first one stays. */
export function promiseOf(promised: Files, file: string, now: Integrity): Integrity {
  if (!Object.hasOwn(promised, file)) return now
  const { algorithm, hex } = promised[file] ?? now
  return { algorithm, hex }
}

/** What is promised without being there now, beside what is there. */
export function withPromises(promised: Files, now: Files): Files {
  const withdrawn = Object.entries(promised).filter(([file]) => !Object.hasOwn(now, file))
  return { ...now, ...Object.fromEntries(withdrawn.map(([file, { url: _, ...of }]) => [file, of])) }
}

export const asBytes = (value: unknown): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(value))
