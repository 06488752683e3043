/** Add a stage, or change its name, category and colour. */
import { type Stage, StageCategory, StageColor } from '@earshot/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field, TextField } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { StageGlyph } from '../../ui/Stage.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { type Category, type StageWish, useStageCommands } from './use-stages.ts'

type Props = { stage?: Stage; category: Category; onDone: () => void }

export function StageDialog({ stage, category, onDone }: Props) {
  const { t } = useTranslation('stages')
  const { create, change } = useStageCommands()
  const [wish, setWish] = useState<StageWish>({
    name: stage?.name ?? '',
    category,
    color: stage?.color ?? 'auto',
  })
  const busy = create.isPending || change.isPending
  const said = { onSuccess: () => saved(t(stage ? 'changed' : 'added', { name: wish.name.trim() })) }
  const saved = (words: string) => {
    onDone()
    toast.done(words)
  }
  const save = () => {
    if (wish.name.trim() === '' || busy) return
    if (stage) change.mutate({ key: stage.key, ...wish, name: wish.name.trim() }, said)
    else create.mutate({ ...wish, name: wish.name.trim() }, said)
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onDone()}
      title={stage ? t('changeTitle', { name: stage.name }) : t('addTitle')}
      onSubmit={save}
      footer={
        <>
          <span className="grow" />
          <Button onClick={onDone}>{t('cancel')}</Button>
          <Button type="submit" variant="primary" busy={busy} disabled={wish.name.trim() === ''}>
            {t(stage ? 'save' : 'add')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('name')}
        value={wish.name}
        maxLength={60}
        autoFocus
        dir="auto"
        onChange={(event) => setWish({ ...wish, name: event.target.value })}
      />
      <Field label={t('categoryLabel')} hint={t(`means.${wish.category}`)}>
        {({ id }) => (
          <Select
            id={id}
            label={t('categoryLabel')}
            value={wish.category}
            onChange={(next) => setWish({ ...wish, category: next })}
            options={StageCategory.options.map((value) => ({ value, label: t(`category.${value}`) }))}
          />
        )}
      </Field>
      <Field label={t('color')}>
        {({ id }) => (
          <Select
            id={id}
            label={t('color')}
            value={wish.color}
            onChange={(next) => setWish({ ...wish, color: next })}
            options={StageColor.options.map((value) => ({
              value,
              label: t(`colors.${value}`),
              icon: <StageGlyph stageKey={stage?.key ?? ''} category={wish.category} color={value} />,
            }))}
          />
        )}
      </Field>
    </Dialog>
  )
}
