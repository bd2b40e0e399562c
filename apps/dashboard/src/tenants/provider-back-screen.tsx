"use client"
import { useQueryClient } from "@tanstack/react-query"
import Link from "next/link"
import { useRouter } from "next/navigation"
import { useEffect, useRef, useState } from "react"
import { call } from "../api/call.ts"
import { problemOf } from "../api/problem.ts"
import { outside } from "../paths.ts"
import { Note } from "../ui/note.tsx"
import { Door } from "./door.tsx"
import { takeNext } from "./provider-next.ts"
import { SecondStepForm } from "./second-step-form.tsx"

type Outcome = { is: "asked"; next: string } | { is: "refused"; why: string }

/** Where the provider sends browsers back to: signs in by what it sent along. */
export function ProviderBackScreen() {
  const client = useQueryClient()
  const router = useRouter()
  const sent = useRef(false)
  const [outcome, setOutcome] = useState<Outcome>()
  useEffect(() => {
    // What came along counts once, however often this is drawn.
    if (sent.current) return
    sent.current = true
    finish()
      .then(({ secondStep }) => {
        const next = takeNext()
        client.clear()
        if (secondStep) setOutcome({ is: "asked", next })
        else router.replace(next)
      })
      .catch((error) => setOutcome({ is: "refused", why: problemOf(error).detail }))
  }, [client, router])
  if (outcome?.is === "asked")
    return <SecondStepForm next={outcome.next} onBack={() => router.replace(outside.signIn())} />
  return (
    <Door title="Signing in" where="by your provider">
      {outcome ? (
        <>
          <Note tone="bad" title="You are not signed in.">
            {outcome.why}
          </Note>
          <p className="text-13">
            <Link href={outside.signIn()} className="link">
              Back to sign-in
            </Link>
          </p>
        </>
      ) : (
        <p role="status" className="text-fg-2">
          One moment.
        </p>
      )}
    </Door>
  )
}

function finish() {
  const query = new URLSearchParams(window.location.search)
  window.history.replaceState(null, "", window.location.pathname)
  const sent = (name: string) => {
    const value = query.get(name)
    return value === null ? {} : { [name]: value }
  }
  const body = { state: "", ...sent("state"), ...sent("code"), ...sent("iss"), ...sent("error") }
  return call("POST /auth/provider/finish", { body })
}
