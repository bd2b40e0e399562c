import type { Me } from "./kinds/tenants.ts"

/** What the server tells a page about the request it is rendered for. */
export interface Visit {
  /** path and query of the request */
  address: string
  /** who asks; `null` for somebody without a session, absent when that could not be found out */
  me?: Me | null
}

/** The request header that carries it inside the server; one that a client sent never arrives. */
export const visitHeader = "x-vibecaas-visit"

/** A visit as the value of a header; names may hold any character. */
export function writeVisit(visit: Visit): string {
  return encodeURIComponent(JSON.stringify(visit))
}

export function readVisit(value: string): Visit {
  return JSON.parse(decodeURIComponent(value)) as Visit // written by writeVisit
}
