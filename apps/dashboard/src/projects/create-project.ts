"use client"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useRef } from "react"
import { call, newIdempotencyKey } from "../api/call.ts"
import { keys } from "../api/keys.ts"
import { useSession } from "../shell/session.tsx"

export interface NewProject {
  prompt: string
  name: string
  preview: "public" | "private"
}

/** Creates a project; the same wish sent twice creates it once. */
export function useCreateProject() {
  const { organization } = useSession()
  const client = useQueryClient()
  const wish = useRef({ text: "", key: "" })
  return useMutation({
    mutationFn: ({ prompt, name, preview }: NewProject) => {
      const body = {
        organizationId: organization.id,
        prompt,
        preview,
        ...(name === "" ? {} : { name }),
      }
      const text = JSON.stringify(body)
      if (wish.current.text !== text) wish.current = { text, key: newIdempotencyKey() }
      return call("POST /projects", { body }, { idempotencyKey: wish.current.key })
    },
    onSuccess: (project) => {
      wish.current = { text: "", key: "" }
      client.setQueryData(keys.project(project.id), project)
      void client.invalidateQueries({ queryKey: keys.projectLists })
    },
  })
}
