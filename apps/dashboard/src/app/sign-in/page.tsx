import type { Metadata } from "next"
import { headers } from "next/headers"
import { safeNext } from "../../paths.ts"
import { SignInScreen } from "../../tenants/sign-in-screen.tsx"

export const metadata: Metadata = { title: "Sign in" }

interface SignInPageProps {
  searchParams: Promise<{ next?: string | string[] }>
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { next } = await searchParams
  const host = (await headers()).get("host") ?? "this address"
  return <SignInScreen next={safeNext(typeof next === "string" ? next : null)} host={host} />
}
