import { readVisit, type Visit, visitHeader } from "@vibecaas/contract/visit"
import { headers } from "next/headers"
import { redirect } from "next/navigation"
import { outside } from "../paths.ts"

/**
 * The visit of somebody who is signed in, as the server knows it before the page is drawn; anybody
 * else is led to the door. Without `me` when the server could not find out who asks.
 */
export async function needVisit(): Promise<Visit & { me?: NonNullable<Visit["me"]> }> {
  const value = (await headers()).get(visitHeader)
  const { address, me }: Visit = value ? readVisit(value) : { address: outside.home() }
  if (me === null) redirect(outside.signIn(asTyped(address)))
  return { address: asTyped(address), ...(me ? { me } : {}) }
}

/** The address without what Next adds to it when it only asks for a part of the page. */
function asTyped(address: string): string {
  const [path = "", query = ""] = address.split("?", 2)
  const kept = new URLSearchParams(query)
  kept.delete("_rsc")
  return kept.size > 0 ? `${path}?${kept}` : path
}
