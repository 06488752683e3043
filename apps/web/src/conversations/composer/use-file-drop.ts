/** Files dropped anywhere on the conversation go with the message. */
import { type RefObject, useEffect, useState } from 'react'

export function useFileDrop(
  box: RefObject<HTMLElement | null>,
  onFiles: ((files: File[]) => void) | undefined,
): boolean {
  const [dropping, setDropping] = useState(false)
  useEffect(() => {
    const column = box.current?.closest<HTMLElement>('.tcol')
    if (!column || !onFiles) return
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setDropping(true)
    }
    const leave = (event: DragEvent) => {
      if (!(event.relatedTarget instanceof Node) || !column.contains(event.relatedTarget)) setDropping(false)
    }
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setDropping(false)
      onFiles([...(event.dataTransfer?.files ?? [])])
    }
    column.addEventListener('dragover', over)
    column.addEventListener('dragleave', leave)
    column.addEventListener('drop', drop)
    return () => {
      column.removeEventListener('dragover', over)
      column.removeEventListener('dragleave', leave)
      column.removeEventListener('drop', drop)
    }
  }, [box, onFiles])
  return dropping
}
