"use client"
import { useQueryClient } from "@tanstack/react-query"
import { call } from "../api/call.ts"
import { problemOf } from "../api/problem.ts"
import { forgetDrafts } from "../form/use-draft.ts"
import { outside } from "../paths.ts"
import { useToast } from "../ui/toast.tsx"

/** Ends the session and leaves nothing of it in the page. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient()
  const say = useToast()
  return async () => {
    try {
      await call("POST /auth/sign-out", { body: {} })
    } catch (error) {
      say({ glyph: "bad", title: "You are still signed in", detail: problemOf(error).detail })
      return
    }
    client.clear()
    forgetDrafts()
    window.location.assign(outside.signIn())
  }
}
