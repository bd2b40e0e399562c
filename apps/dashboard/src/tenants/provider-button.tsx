"use client"
import { useMutation, useQuery } from "@tanstack/react-query"
import { act } from "../api/act.ts"
import { problemOf } from "../api/problem.ts"
import { read } from "../api/read.ts"
import { Refusal } from "../form/refusal.tsx"
import { Button } from "../ui/button.tsx"
import { keepNext } from "./provider-next.ts"

const begin = act("POST /auth/provider/begin")

/** Signs in at the provider of the installation, where it has one. */
export function ProviderButton({ next }: { next: string }) {
  const { data } = useQuery({ ...read("GET /auth/provider"), staleTime: 300_000 })
  const start = useMutation(begin)
  if (!data?.name) return null
  const go = () =>
    start.mutate(
      { body: {} },
      {
        onSuccess: ({ url }) => {
          keepNext(next)
          window.location.assign(url)
        },
      },
    )
  return (
    <div className="grid gap-3">
      <Refusal problem={start.error ? problemOf(start.error) : undefined} />
      <Button
        size="lg"
        busy={start.isPending || start.isSuccess ? "Going there" : undefined}
        onClick={go}
      >
        Sign in with {data.name}
      </Button>
    </div>
  )
}
