/** A conversation that was merged into another is shown as that other one: old links, and screens that had it open. */
import { ApiError } from '@earshot/client'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'

/** Answers whether the reader is on the way there. */
export function useFollowMerged(error: Error | null): boolean {
  const navigate = useNavigate()
  const into = error instanceof ApiError && typeof error.details.into === 'string' ? error.details.into : null
  useEffect(() => {
    if (into === null) return
    void navigate({
      to: '.',
      params: (given) => ({ ...given, id: into }),
      search: (given) => ({ ...given, at: undefined }),
      replace: true,
    })
  }, [into, navigate])
  return into !== null
}
