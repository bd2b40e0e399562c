/** how many candidates a comparison has */
export const candidatesCount = { min: 2, max: 4 } as const
