"use client"
import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query"
import { ApiError } from "@vibecaas/contract/client"
import { type ReactNode, useState } from "react"
import { outside, seenSignedOut } from "../paths.ts"
import { ToastProvider } from "../ui/toast.tsx"
import { worthRetrying } from "./problem.ts"

/** What every page needs: the cache of what was read, and a place for messages. */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(makeQueryClient)
  return (
    <QueryClientProvider client={client}>
      <ToastProvider>{children}</ToastProvider>
    </QueryClientProvider>
  )
}

function makeQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    defaultOptions: {
      queries: {
        // The live stream says when something changed; this is for what it does not cover.
        staleTime: 20_000,
        retry: (failures, error) => failures < 2 && worthRetrying(error),
      },
      // Without a network it fails at once and says so: nothing is sent later behind anybody's back.
      mutations: { networkMode: "always" },
    },
  })
}

function leaveWhenSignedOut(error: unknown) {
  if (!(error instanceof ApiError) || error.problem.status !== 401) return
  if (seenSignedOut(window.location.pathname)) return
  const here = window.location.pathname + window.location.search
  window.location.assign(outside.signIn(here))
}
