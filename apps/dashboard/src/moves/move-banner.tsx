"use client"
import { useMutation } from "@tanstack/react-query"
import type { Move } from "@vibecaas/contract/kinds/moves"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { useRouter } from "next/navigation"
import { problemOf } from "../api/problem.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { Note } from "../ui/note.tsx"
import { useToast } from "../ui/toast.tsx"
import { LeftOut } from "./left-out.tsx"
import { isNews, isUnderWay, moveWords } from "./move-words.ts"
import { cancelMove, useMoves } from "./queries.ts"

/** What is being brought into a project, or what became of it lately. */
export function MoveBanner({ projectId }: { projectId: Project["id"] }) {
  const [newest] = useMoves(projectId).data?.items ?? []
  if (!newest || !isNews(newest, Date.now())) return null
  return (
    <div className="px-8 py-4 max-md:px-4" role="status">
      {isUnderWay(newest) ? <UnderWay move={newest} /> : <Over move={newest} />}
    </div>
  )
}

function UnderWay({ move }: { move: Move }) {
  return (
    <Note title={`${moveWords[move.way].doing} ${move.from}:`}>
      {move.doing ?? "waiting for its turn"}.
      {move.way === "transfer" ? null : <Cancel move={move} />}
    </Note>
  )
}

function Cancel({ move }: { move: Move }) {
  const router = useRouter()
  const say = useToast()
  const { paths, offUnless } = useSession()
  const cancel = useMutation(cancelMove)
  const stop = () =>
    cancel.mutate(
      { params: { moveId: move.id } },
      {
        onSuccess: () => router.push(paths.projects()),
        onError: (error) =>
          say({ glyph: "bad", title: "Not cancelled", detail: problemOf(error).detail }),
      },
    )
  return (
    <Button
      size="sm"
      className="ml-3"
      off={offUnless("project:create", "cancel it")}
      busy={cancel.isPending ? "Cancelling" : undefined}
      onClick={stop}
    >
      Cancel
    </Button>
  )
}

function Over({ move }: { move: Move }) {
  const { not, did } = moveWords[move.way]
  if (move.state === "failed")
    return (
      <Note tone="bad" title={`${not} ${move.from}.`}>
        {move.failure}
        {move.way === "transfer"
          ? null
          : " Begin it anew from the list of projects, and delete this one."}
      </Note>
    )
  return (
    <Note tone="warn" title={`${did} ${move.from}, but for some things.`}>
      <LeftOut sentences={move.leftOut} />
    </Note>
  )
}
