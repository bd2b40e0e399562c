"use client"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useRouter } from "next/navigation"
import { useEffect, useRef, useState } from "react"
import { Refusal } from "../form/refusal.tsx"
import { Button } from "../ui/button.tsx"
import {
  knowsPasskeys,
  offersPasskeys,
  passkeyProblem,
  signInByPasskey,
} from "./passkey-browser.ts"

/** Signs in by a passkey: by this button, or by what the browser offers in the field of the address. */
export function PasskeyButton({ next }: { next: string }) {
  const client = useQueryClient()
  const router = useRouter()
  const [known, setKnown] = useState(false)
  const enter = () => {
    client.clear()
    router.replace(next)
  }
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: () => signInByPasskey("asked"),
    onSuccess: enter,
  })
  const entered = useRef(enter)
  entered.current = enter
  useEffect(() => {
    setKnown(knowsPasskeys())
    void offer(() => entered.current())
  }, [])
  if (!known) return null
  return (
    <div className="grid gap-3">
      <Refusal problem={error ? passkeyProblem(error) : undefined} />
      <Button
        size="lg"
        busy={isPending || isSuccess ? "Signing in" : undefined}
        onClick={() => mutate()}
      >
        Use a passkey
      </Button>
    </div>
  )
}

/** Who does not take the offer, or takes it too late, has the button. */
async function offer(onEntered: () => void): Promise<void> {
  try {
    if (!(await offersPasskeys())) return
    await signInByPasskey("offered")
    onEntered()
  } catch {
    return
  }
}
