"use client"
import dynamic from "next/dynamic"
import { Skeleton } from "../ui/skeleton.tsx"

/** A task with its changes in their colours: heavy, and opened on demand. */
export const LazyTaskDetail = dynamic(
  () => import("./task-detail.tsx").then((module) => module.TaskDetail),
  { ssr: false, loading: () => <Skeleton className="h-40 rounded-3" /> },
)
