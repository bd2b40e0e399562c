"use client"
import { useQueryClient } from "@tanstack/react-query"
import { useRouter } from "next/navigation"
import { useRef, useState } from "react"
import { authCall } from "../api/auth.ts"
import { fieldError, problemOf } from "../api/problem.ts"

export type AuthField = "name" | "email" | "password"
type Faults = Partial<Record<AuthField, string | undefined>>
const fields: readonly AuthField[] = ["name", "email", "password"]

/** Sends a form of the door; what was typed stays whatever comes back. */
export function useAuthForm(name: "sign-in/email" | "sign-up/email", next: string) {
  const client = useQueryClient()
  const router = useRouter()
  const [pending, setPending] = useState(false)
  const [faults, setFaults] = useState<Faults>({})
  const [error, setError] = useState<unknown>()
  const sending = useRef(false)
  const send = async (body: object, wrong: Faults) => {
    setFaults(wrong)
    setError(undefined)
    if (sending.current || Object.values(wrong).some(Boolean)) return
    sending.current = true
    setPending(true)
    try {
      await authCall(name, body)
      client.clear()
      router.replace(next)
    } catch (refused) {
      const atFields = faultsIn(refused)
      setFaults(atFields)
      if (Object.keys(atFields).length === 0) setError(refused)
      setPending(false)
    } finally {
      sending.current = false
    }
  }
  return { send, pending, faults, problem: error ? problemOf(error) : undefined }
}

function faultsIn(error: unknown): Faults {
  const found = fields.flatMap((field) => {
    const sentence = fieldError(error, field)
    return sentence ? [[field, sentence] as const] : []
  })
  return Object.fromEntries(found)
}
