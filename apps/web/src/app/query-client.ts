/** The one cache of server state: what is on the screen stays there while it is asked again. */
import { ApiError, mayPass } from '@earshot/client'
import { QueryCache, QueryClient } from '@tanstack/react-query'

/** Called when the server no longer knows who is asking: the session ended or was revoked. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof ApiError && error.code === 'auth.required') onSignedOut()
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        // `call` repeats by itself when no answer came; this is for a server that is starting.
        retry: (failures, error) => failures < 2 && mayPass(error),
        refetchOnWindowFocus: true,
      },
    },
  })
}
