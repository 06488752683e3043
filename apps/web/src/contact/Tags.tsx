/** The tags of a conversation, and the small form that adds and removes them. */
import { call } from '@earshot/client'
import { type Conversation, changeConversation } from '@earshot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../app/problem.ts'
import { useMay, useSession } from '../app/session.ts'
import { useShortcuts } from '../app/shortcuts.ts'
import { changeAtOnce } from '../conversations/cache.ts'
import { usePutConversation } from '../conversations/use-put-conversation.ts'
import { Chip, Tag } from '../ui/Badge.tsx'
import { Button, IconButton } from '../ui/Button.tsx'
import { TextField } from '../ui/Field.tsx'
import { Popover } from '../ui/Popover.tsx'
import { parseTag, sameTag, type TagValue } from './tag-text.ts'

export function Tags({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations')
  const may = useMay('operator')
  const [open, setOpen] = useState(false)
  useShortcuts(may ? [{ keys: '#', group: 'act', label: t('keys.tags'), run: () => setOpen(true) }] : [])
  const { tags } = conversation
  return (
    <>
      {tags.map((tag) =>
        tag.value === '' ? (
          <PlainTag key={tag.key} name={tag.key} />
        ) : (
          <Tag key={`${tag.key}:${tag.value}`} name={tag.key} value={tag.value} />
        ),
      )}
      {tags.length === 0 && !may && <span className="none">{t('panel.none')}</span>}
      {may && (
        <Popover
          open={open}
          onOpenChange={setOpen}
          label={t('panel.tags')}
          align="end"
          trigger={<IconButton size="sm" label={t('tag.edit')} keys="#" icon={Plus} />}
        >
          {open && <TagForm conversation={conversation} />}
        </Popover>
      )}
    </>
  )
}

function PlainTag({ name }: { name: string }) {
  return (
    <span className="tag">
      <span className="tr" dir="auto">
        {name}
      </span>
    </span>
  )
}

function TagForm({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations')
  const { tags } = conversation
  const set = useSetTags(conversation)
  const [typed, setTyped] = useState('')
  const next = parseTag(typed)
  const add = () => {
    if (!next) return
    if (!tags.some((tag) => sameTag(tag, next))) set([...tags, next])
    setTyped('')
  }
  return (
    <form
      className="tagform"
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      <div className="chips">
        {tags.map((tag) => (
          <Chip
            key={`${tag.key}:${tag.value}`}
            field={tag.value ? `${tag.key}:` : undefined}
            value={tag.value || tag.key}
            removeLabel={t('tag.remove', { tag: `${tag.key} ${tag.value}`.trim() })}
            onRemove={() => set(tags.filter((one) => !sameTag(one, tag)))}
          />
        ))}
      </div>
      <TextField
        label={t('tag.add')}
        hint={t('tag.hint')}
        value={typed}
        maxLength={129}
        autoFocus
        dir="auto"
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button type="submit" size="sm" disabled={!next}>
        {t('tag.addVerb')}
      </Button>
    </form>
  )
}

function useSetTags(conversation: Conversation) {
  const cache = useQueryClient()
  const { member } = useSession()
  const put = usePutConversation()
  const { id } = conversation
  const set = useMutation({
    mutationFn: (tags: TagValue[]) => call(changeConversation, { params: { id }, body: { tags } }),
    onMutate: (tags) => ({ takeBack: changeAtOnce(cache, id, member.id, { tags }) }),
    onSuccess: put,
    onError: (error, _, context) => {
      context?.takeBack()
      tellProblem(error)
    },
  })
  return (tags: TagValue[]) => set.mutate(tags)
}
