"use client"
import Link from "next/link"
import { useEffect, useState } from "react"
import { call } from "../api/call.ts"
import { Form } from "../form/form.tsx"
import { useForm } from "../form/use-form.ts"
import { outside } from "../paths.ts"
import { Button } from "../ui/button.tsx"
import { Note } from "../ui/note.tsx"
import { Door } from "./door.tsx"

/** Where the link of a mail leads: the address becomes the person's, by the token behind the #. */
export function NewAddressScreen({ host }: { host: string }) {
  const [token, setToken] = useState("")
  const [done, setDone] = useState<string>()
  useEffect(() => {
    const fromLink = window.location.hash.slice(1)
    if (!fromLink) return
    setToken(fromLink)
    window.history.replaceState(null, "", window.location.pathname)
  }, [])
  const form = useForm({
    values: {},
    body: () => ({ token }),
    send: () => call("POST /auth/address/confirm", { body: { token } }),
    done: ({ email }) => setDone(email),
  })
  return (
    <Door title="Confirm your address" where={`on the server at ${host}`}>
      {done === undefined ? (
        <Form form={form} label="Confirm your address" className="gap-5">
          <p className="text-fg-2">
            You sign in with it from then on. If it is a new one, your other sessions end.
          </p>
          <Button
            type="submit"
            kind="main"
            size="lg"
            busy={form.pending ? "Confirming" : undefined}
          >
            Confirm
          </Button>
        </Form>
      ) : (
        <>
          <Note title="Confirmed.">You sign in with {done}.</Note>
          <p className="text-13">
            <Link href={outside.home()} className="link">
              Go on
            </Link>
          </p>
        </>
      )}
    </Door>
  )
}
