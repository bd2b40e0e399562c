import type { Metadata } from "next"
import { headers } from "next/headers"
import { safeNext } from "../../paths.ts"
import { SignUpScreen } from "../../tenants/sign-up-screen.tsx"

export const metadata: Metadata = { title: "Create an account" }

interface SignUpPageProps {
  searchParams: Promise<{ next?: string | string[] }>
}

export default async function SignUpPage({ searchParams }: SignUpPageProps) {
  const { next } = await searchParams
  const host = (await headers()).get("host") ?? "this address"
  return <SignUpScreen next={safeNext(typeof next === "string" ? next : null)} host={host} />
}
