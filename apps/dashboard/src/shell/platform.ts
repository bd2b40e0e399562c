"use client"
import { useQuery } from "@tanstack/react-query"
import { call } from "../api/call.ts"
import { keys } from "../api/keys.ts"

/** What this installation is made of; it changes only with a restart. */
export function usePlatform() {
  return useQuery({
    queryKey: keys.platform,
    queryFn: ({ signal }) => call("GET /platform", {}, { signal }),
    staleTime: 300_000,
  })
}
