"use client"
import { useMutation, useQuery } from "@tanstack/react-query"
import type { Session } from "@vibecaas/contract/kinds/accounts"
import { act } from "../api/act.ts"
import { problemOf } from "../api/problem.ts"
import { read } from "../api/read.ts"
import { Button } from "../ui/button.tsx"
import { Panel } from "../ui/panel.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { useToast } from "../ui/toast.tsx"
import { agentInWords } from "./agent-words.ts"

const endSession = act("DELETE /auth/sessions/{sessionId}", { renews: ["GET /auth/sessions"] })

/** Where the person is signed in, each to be ended. */
export function SessionsPanel() {
  const sessions = useQuery(read("GET /auth/sessions"))
  return (
    <Panel title="Where you are signed in">
      <ReadBody
        of={sessions}
        failed="Sessions could not be loaded"
        skeleton={<SkeletonRows what="sessions" widths={["w-40"]} className="h-[57px]" />}
      >
        {({ items }) => (
          <ul aria-label="Sessions">
            {items.map((session) => (
              <SessionItem key={session.id} session={session} />
            ))}
          </ul>
        )}
      </ReadBody>
    </Panel>
  )
}

function SessionItem({ session }: { session: Session }) {
  const say = useToast()
  const end = useMutation(endSession)
  const where = agentInWords(session.userAgent)
  const go = () =>
    end.mutate(
      { params: { sessionId: session.id } },
      {
        onError: (error) =>
          say({ glyph: "bad", title: "It was not ended", detail: problemOf(error).detail }),
      },
    )
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 border-b border-line px-4 py-3 text-13 last:border-b-0">
      <div className="min-w-0">
        <p className="font-medium [overflow-wrap:anywhere]">
          {where}
          {session.current ? <span className="font-normal text-fg-3"> (this one)</span> : null}
        </p>
        {session.impersonated ? (
          <p className="text-12 text-warn-fg">
            {session.impersonated.byName}, who runs this installation, looks as you and changes
            nothing: {session.impersonated.reason}
          </p>
        ) : null}
        <p className="text-12 text-fg-3">
          from {session.ip ?? "an unknown address"}, <RelativeTime at={session.createdAt} />
        </p>
      </div>
      <Button
        size="sm"
        aria-label={`End ${where}`}
        off={session.current ? "This is the session you use. Sign out to end it." : undefined}
        busy={end.isPending ? "Ending" : undefined}
        onClick={go}
      >
        End
      </Button>
    </li>
  )
}
