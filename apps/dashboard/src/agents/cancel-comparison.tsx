"use client"
import { useMutation } from "@tanstack/react-query"
import type { Comparison } from "@vibecaas/contract/comparison"
import { CircleStop } from "lucide-react"
import { problemOf } from "../api/problem.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { useToast } from "../ui/toast.tsx"
import { cancelComparison } from "./queries.ts"

/** Stops all candidates. */
export function CancelComparison({ comparison: { id, state } }: { comparison: Comparison }) {
  const { offUnless } = useSession()
  const say = useToast()
  const cancel = useMutation(cancelComparison)
  const onItsWay = state === "promoting" ? "A candidate is on its way to people." : undefined
  return (
    <Button
      off={offUnless("run:start", "cancel comparisons") ?? onItsWay}
      busy={cancel.isPending || cancel.isSuccess ? "Stopping candidates" : undefined}
      onClick={() =>
        cancel.mutate(
          { params: { comparisonId: id } },
          {
            onError: (error) =>
              say({
                glyph: "bad",
                title: "The comparison was not cancelled",
                detail: problemOf(error).detail,
              }),
          },
        )
      }
    >
      <CircleStop aria-hidden="true" />
      Cancel comparison
    </Button>
  )
}
