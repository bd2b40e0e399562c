"use client"
import { useMutation } from "@tanstack/react-query"
import type { ProjectAccess } from "@vibecaas/contract/kinds/people"
import type { Project } from "@vibecaas/contract/kinds/projects"
import type { AccessLevel } from "@vibecaas/contract/project-access"
import { problemOf } from "../api/problem.ts"
import { Button } from "../ui/button.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { useToast } from "../ui/toast.tsx"
import { answerRequest } from "./queries.ts"

type Request = ProjectAccess["requests"][number]

interface RequestListProps {
  project: Project
  requests: readonly Request[]
}

/** Members who ask for the project, each to be answered. */
export function RequestList({ project, requests }: RequestListProps) {
  if (requests.length === 0) return null
  return (
    <ul aria-label="Requests for access" className="border-b border-line bg-sunken">
      {requests.map((request) => (
        <RequestItem key={request.id} project={project} request={request} />
      ))}
    </ul>
  )
}

function RequestItem({ project, request }: { project: Project; request: Request }) {
  const say = useToast()
  const answer = useMutation(answerRequest)
  const reply = (level: AccessLevel | null) =>
    answer.mutate(
      { params: { projectId: project.id, requestId: request.id }, body: { level } },
      {
        onError: (error) =>
          say({ glyph: "bad", title: "Nothing was answered", detail: problemOf(error).detail }),
      },
    )
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 border-b border-line px-4 py-3 last:border-b-0">
      <div className="min-w-0 text-13 [overflow-wrap:anywhere]">
        <b className="font-semibold">{request.name}</b> asks for access,{" "}
        <RelativeTime at={request.createdAt} />
        {request.note ? <p className="text-fg-2">“{request.note}”</p> : null}
      </div>
      <span className="inline-flex flex-wrap gap-2">
        <Button size="sm" aria-label={`Decline ${request.name}`} onClick={() => reply(null)}>
          Decline
        </Button>
        <Button
          size="sm"
          aria-label={`Let ${request.name} see the project`}
          onClick={() => reply("see")}
        >
          Can see
        </Button>
        <Button
          size="sm"
          kind="main"
          aria-label={`Let ${request.name} edit the project`}
          onClick={() => reply("edit")}
        >
          Can edit
        </Button>
      </span>
    </li>
  )
}
