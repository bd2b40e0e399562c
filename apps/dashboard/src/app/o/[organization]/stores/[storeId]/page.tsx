import type { Metadata } from "next"
import { StoreScreen } from "../../../../../stores/store-screen.tsx"

export const metadata: Metadata = { title: "Store" }

interface StorePageProps {
  params: Promise<{ storeId: string }>
}

export default async function StorePage({ params }: StorePageProps) {
  return <StoreScreen storeId={(await params).storeId} />
}
