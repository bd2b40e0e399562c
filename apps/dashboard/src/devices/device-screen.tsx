"use client"
import { useMutation, useQuery } from "@tanstack/react-query"
import Link from "next/link"
import { act } from "../api/act.ts"
import { call } from "../api/call.ts"
import { problemOf } from "../api/problem.ts"
import { Refusal } from "../form/refusal.tsx"
import { outside } from "../paths.ts"
import { useMe } from "../shell/session.tsx"
import { Door } from "../tenants/door.tsx"
import { Button } from "../ui/button.tsx"
import { buttonLook } from "../ui/button-look.ts"
import { Note } from "../ui/note.tsx"
import { Properties, Property } from "../ui/panel.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { SkeletonLines } from "../ui/skeleton.tsx"

const title = "Sign a program in"

/** Where a program sends who is to let it in: what asks, and the code that both show. */
export function DeviceScreen({ code }: { code: string }) {
  const me = useMe()
  if (me.data) return <Asking code={code} email={me.data.email} />
  if (me.isPending) {
    return (
      <Door title={title} where="One moment">
        <SkeletonLines what="program" />
      </Door>
    )
  }
  const signedOut = problemOf(me.error).status === 401
  return (
    <Door title={title} where="First say who you are">
      {signedOut ? null : <Note tone="bad">{problemOf(me.error).detail}</Note>}
      <Link
        href={outside.signIn(outside.device(code))}
        className={buttonLook({ kind: "main", size: "lg" })}
      >
        Sign in
      </Link>
    </Door>
  )
}

const allowDevice = act("POST /auth/device/allow")

function Asking({ code, email }: { code: string; email: string }) {
  const asking = useQuery({
    queryKey: ["device", code],
    queryFn: () => call("POST /auth/device/look", { body: { code } }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const allow = useMutation(allowDevice)
  if (allow.isSuccess) {
    return (
      <Door title={title} where="It is signed in">
        <p className="text-fg-2">
          Go back to it; this page can be closed. It is among your sessions in Settings, where you
          can end it.
        </p>
      </Door>
    )
  }
  if (!asking.data) {
    return (
      <Door title={title} where={asking.error ? "Nothing asks by this code" : "One moment"}>
        {asking.error ? (
          <Note tone="bad">{problemOf(asking.error).detail}</Note>
        ) : (
          <SkeletonLines what="program" />
        )}
      </Door>
    )
  }
  const { name, ip, askedAt } = asking.data
  return (
    <Door title={title} where={`as ${email}`}>
      <div className="-mx-4">
        <Properties>
          <Property name="Program">{name}</Property>
          <Property name="Asks from">
            {ip}, <RelativeTime at={askedAt} />
          </Property>
          <Property name="Code">
            <span className="mono text-16 text-fg">{code}</span>
          </Property>
        </Properties>
      </div>
      <Note tone="warn" title="Only if you began this.">
        It can do all that you can. The program must show the same code; if somebody sent you this
        link, close it.
      </Note>
      <Refusal problem={allow.error ? problemOf(allow.error) : undefined} />
      <Button
        kind="main"
        size="lg"
        busy={allow.isPending ? "Signing in" : undefined}
        onClick={() => allow.mutate({ body: { code } })}
      >
        Let it sign in
      </Button>
    </Door>
  )
}
