/** The tags of a conversation, and the small form that adds and removes them. */
import { call } from '@earshot/client'
import { type Conversation, changeConversation, type TagCount } from '@earshot/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../app/problem.ts'
import { useMay, useSession } from '../app/session.ts'
import { useShortcuts } from '../app/shortcuts.ts'
import { useSettled } from '../app/use-settled.ts'
import { changeAtOnce } from '../conversations/cache.ts'
import { usePutConversation } from '../conversations/use-put-conversation.ts'
import { tagsQuery } from '../settings/tags/use-tags.ts'
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
  const suggested = useSuggestedTags(typed, tags)
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
      {suggested.length > 0 && (
        <fieldset className="chips bare-set" aria-label={t('tag.suggested')}>
          {suggested.map((tag) => (
            <Button
              size="sm"
              key={`${tag.key}:${tag.value}`}
              onClick={() => {
                set([...tags, { key: tag.key, value: tag.value }])
                setTyped('')
              }}
            >
              <span dir="auto">{tag.value === '' ? tag.key : `${tag.key}:${tag.value}`}</span>
              <span className="t3 num">{tag.count}</span>
            </Button>
          ))}
        </fieldset>
      )}
      <Button type="submit" size="sm" disabled={!next}>
        {t('tag.addVerb')}
      </Button>
    </form>
  )
}

/** Tags that others use already, so that one thing has one name. */
function useSuggestedTags(typed: string, held: readonly TagValue[]): TagCount[] {
  const settled = useSettled(typed.trim().replace(/^#/, ''))
  const { data = [] } = useQuery(tagsQuery(settled, 12))
  return data.filter((tag) => !held.some((one) => sameTag(one, tag))).slice(0, 6)
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
