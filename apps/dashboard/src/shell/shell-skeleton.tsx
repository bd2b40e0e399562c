import { Loading, Skeleton } from "../ui/skeleton.tsx"

/** The shape of the shell while it is not known yet who is signed in. */
export function ShellSkeleton() {
  return (
    <div className="grid min-h-dvh grid-cols-[var(--sidebar)_minmax(0,1fr)] max-md:grid-cols-[minmax(0,1fr)]">
      <Loading what="the dashboard" />
      <div className="h-dvh border-r border-line bg-shell p-4 max-md:hidden">
        <Skeleton className="mt-1 h-4 w-32" />
        <div className="mt-20 grid gap-5">
          <Skeleton className="w-24" />
          <Skeleton className="w-20" />
          <Skeleton className="w-16" />
          <Skeleton className="w-20" />
        </div>
      </div>
      <main>
        <h1 className="sr-only">VibeCaaS</h1>
        <div className="flex h-(--topbar) items-center border-b border-line px-8 max-md:px-4">
          <Skeleton className="w-40" />
        </div>
        <div className="grid gap-4 px-8 pt-8 max-md:px-4">
          <Skeleton className="h-5 w-36" />
          <Skeleton className="w-72 max-w-full" />
        </div>
      </main>
    </div>
  )
}
