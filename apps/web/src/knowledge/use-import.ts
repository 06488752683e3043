/** Reads chosen files through the server, and starts the job that writes their articles. */
import { call } from '@earshot/client'
import { readImport, startImport } from '@earshot/contracts'
import { useMutation } from '@tanstack/react-query'
import { tellProblem } from '../app/problem.ts'
import { useFollowJob } from '../work/use-follow-job.ts'

export function useImport(done: () => void) {
  const follow = useFollowJob()
  const read = useMutation({
    mutationFn: async (files: File[]) =>
      call(readImport, {
        body: {
          files: await Promise.all(files.map(async (file) => ({ name: file.name, base64: await inBase64(file) }))),
        },
      }),
    onError: tellProblem,
  })
  const start = useMutation({
    mutationFn: ({ id, ...body }: { id: string; folderId: string | null; status: 'draft' | 'published' }) =>
      call(startImport, { params: { id }, body }),
    onSuccess: (job) => {
      follow(job)
      done()
    },
    onError: tellProblem,
  })
  return { read, start }
}

async function inBase64(file: File): Promise<string> {
  const address = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error ?? new Error('the file could not be read'))
    reader.readAsDataURL(file)
  })
  return address.slice(address.indexOf(',') + 1)
}
