"use client"
import { useMutation, useQuery } from "@tanstack/react-query"
import type { InvitationShown } from "@vibecaas/contract/kinds/people"
import Link from "next/link"
import { useEffect, useState } from "react"
import { call } from "../api/call.ts"
import { problemOf } from "../api/problem.ts"
import { Refusal } from "../form/refusal.tsx"
import { outside, pathsOf } from "../paths.ts"
import { useMe } from "../shell/session.tsx"
import { Door } from "../tenants/door.tsx"
import { Button } from "../ui/button.tsx"
import { buttonLook } from "../ui/button-look.ts"
import { Note } from "../ui/note.tsx"
import { SkeletonLines } from "../ui/skeleton.tsx"
import { forgetInvitation, takeInvitation } from "./invitation-token.ts"
import { acceptInvitation } from "./queries.ts"
import { levelWords, roleWords } from "./role-words.ts"

/** Where the link of an invitation leads: what it is for, and the ways to accept it. */
export function JoinScreen() {
  const [token, setToken] = useState<string | null>()
  useEffect(() => setToken(takeInvitation() ?? null), [])
  if (token === undefined) {
    return (
      <Door title="Invitation" where="One moment">
        <SkeletonLines what="invitation" />
      </Door>
    )
  }
  if (token === null) {
    return (
      <Door title="Invitation" where="This address is incomplete">
        <Note tone="bad">Open the whole link that you were given, with all that is behind #.</Note>
      </Door>
    )
  }
  return <Invitation token={token} />
}

function Invitation({ token }: { token: string }) {
  const shown = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => call("POST /invitations/look", { body: { token } }),
    retry: false,
  })
  if (shown.data) return <Ready token={token} invitation={shown.data} />
  return (
    <Door title="Invitation" where={shown.error ? "It cannot be opened" : "One moment"}>
      {shown.error ? (
        <>
          <Note tone="bad">{problemOf(shown.error).detail}</Note>
          <Link href={outside.home()} className={buttonLook({})}>
            Open the dashboard
          </Link>
        </>
      ) : (
        <SkeletonLines what="invitation" />
      )}
    </Door>
  )
}

function Ready({ token, invitation }: { token: string; invitation: InvitationShown }) {
  const me = useMe()
  const { organization, project, role, level, invitedBy, email, state } = invitation
  return (
    <Door
      title={project ? `Join ${project}` : `Join ${organization}`}
      where={project ? `a project of ${organization}, as its guest` : `as ${role}, on this server`}
    >
      <p className="text-fg-2">
        {invitedBy} invites you{email ? ` (${email})` : ""}.
      </p>
      <p className="text-13 text-fg-2">
        {level
          ? `As a guest: ${levelWords[level]}`
          : role
            ? `As ${role}: ${roleWords[role]}`
            : null}
      </p>
      {state === "expired" ? (
        <Note tone="warn" title="The time of this invitation is over.">
          Ask {invitedBy} to send it again.
        </Note>
      ) : me.isPending ? (
        <SkeletonLines what="account" />
      ) : me.data ? (
        <AcceptAs token={token} address={me.data.email} invited={email} />
      ) : (
        <SignInFirst />
      )}
    </Door>
  )
}

interface AcceptAsProps {
  token: string
  /** of who is signed in */
  address: string
  /** whom the invitation is for; null: anybody */
  invited: string | null
}

function AcceptAs({ token, address, invited }: AcceptAsProps) {
  const accept = useMutation(acceptInvitation)
  const other = invited !== null && invited !== address.toLowerCase()
  const go = () =>
    accept.mutate(
      { body: { token } },
      {
        onSuccess: ({ slug, projectId }) => {
          forgetInvitation()
          const paths = pathsOf(slug)
          // Whole: the server decides anew which organizations this person has pages of.
          window.location.assign(projectId ? paths.project(projectId) : paths.projects())
        },
      },
    )
  return (
    <div className="grid gap-3">
      <Refusal problem={accept.error ? problemOf(accept.error) : undefined} />
      {other ? (
        <Note tone="warn" title={`You are signed in as ${address}.`}>
          This invitation is for {invited}. Sign out, and open the link again.
        </Note>
      ) : (
        <Button
          kind="main"
          size="lg"
          busy={accept.isPending || accept.isSuccess ? "Joining" : undefined}
          onClick={go}
        >
          Join as {address}
        </Button>
      )}
    </div>
  )
}

function SignInFirst() {
  return (
    <div className="grid gap-2">
      <Link
        href={outside.signUp(outside.join())}
        className={buttonLook({ kind: "main", size: "lg" })}
      >
        Create an account
      </Link>
      <Link href={outside.signIn(outside.join())} className={buttonLook({ size: "lg" })}>
        Sign in
      </Link>
    </div>
  )
}
