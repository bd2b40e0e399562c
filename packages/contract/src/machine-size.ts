/** Size of a machine that nobody said more of; ten of them fit in the starter plan's memory. */
export const machineSize = { cpuCount: 1, memoryMib: 384, diskMib: 1024 } as const

/** Size of a draft's: a dev server has all modules of an app and its own in memory, several times over. */
export const draftSize = { ...machineSize, memoryMib: 1024 } as const

/** What a machine may be asked to have; within it the plan's memory is the limit. */
export const machineLimits = {
  cpuCount: { min: 1, max: 4 },
  memoryMib: { min: 256, max: 4096 },
  diskMib: { min: 512, max: 10_240 },
} as const satisfies Record<keyof typeof machineSize, { min: number; max: number }>
