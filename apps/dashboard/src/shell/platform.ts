"use client"
import { useQuery } from "@tanstack/react-query"
import { read } from "../api/read.ts"

/** What this installation is made of; it changes only with a restart. */
export function usePlatform() {
  return useQuery({ ...read("GET /platform"), staleTime: 300_000 })
}

/** Whether mail reaches nobody by itself here: a stand-in takes it. */
export const useMailStandIn = (): boolean =>
  usePlatform().data?.simulated.some(({ part }) => part === "mail") ?? false
