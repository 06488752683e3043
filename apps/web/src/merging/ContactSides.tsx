/** Two contacts side by side: which survives, and where they differ, whose value. */
import type { Contact } from '@earshot/contracts'
import clsx from 'clsx'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { contactName } from '../conversations/names.ts'
import { ContactAvatar } from '../ui/Avatar.tsx'

export interface Choice {
  /** The one on the right survives. */
  otherSurvives: boolean
  /** Fields whose value on the right was chosen. */
  right: ReadonlySet<string>
}

type Props = { here: Contact; other: Contact; choice: Choice; onChoice: (choice: Choice) => void }

/** Fields that survive once; an attribute is called `attribute:` and its key. */
export function fieldsOf(
  here: Contact,
  other: Contact,
): { field: string; label: string | null; of: (c: Contact) => string | null }[] {
  const keys = [...new Set([...Object.keys(here.attributes), ...Object.keys(other.attributes)])].sort()
  return [
    ...(['name', 'email', 'phone'] as const).map((field) => ({ field, label: null, of: (c: Contact) => c[field] })),
    ...keys.map((key) => ({
      field: `attribute:${key}`,
      label: key,
      of: (c: Contact) => (c.attributes[key] === undefined ? null : textOf(c.attributes[key])),
    })),
  ]
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

export const isConflict = (a: string | null, b: string | null): boolean => a !== null && b !== null && a !== b

export function ContactSides({ here, other, choice, onChoice }: Props) {
  const { t } = useTranslation('merging')
  const { t: words } = useTranslation('conversations')
  const both = [here, other] as const
  const rows = fieldsOf(here, other)
  const conflicts = rows.filter(({ of }) => isConflict(of(here), of(other))).length
  const choose = (field: string, right: boolean) => {
    const next = new Set(choice.right)
    if (right) next.add(field)
    else next.delete(field)
    onChoice({ ...choice, right: next })
  }
  /** Whoever survives brings its own values first. */
  const survive = (right: boolean) =>
    onChoice({ otherSurvives: right, right: new Set(right ? rows.map(({ field }) => field) : []) })
  return (
    <>
      <div className="merge">
        <div className="h">{t('contacts.survivor')}</div>
        {both.map((one, i) => (
          <Side
            key={one.id}
            name="survivor"
            label={`${t('contacts.survivor')}: ${contactName(one, words)}`}
            chosen={choice.otherSurvives === (i === 1)}
            onChoose={() => survive(i === 1)}
          >
            <ContactAvatar name={one.name} size="sm" />
            <span className="strong tr" dir="auto">
              {contactName(one, words)}
            </span>
          </Side>
        ))}
        {rows.map(({ field, label, of }) => (
          <FieldRow
            key={field}
            field={field}
            label={label ?? t(`contacts.${field as 'name'}`)}
            values={[of(here), of(other)]}
            right={choice.right.has(field)}
            onChoose={(right) => choose(field, right)}
          />
        ))}
      </div>
      <p className="small t3">
        {t('contacts.kept')} {conflicts > 0 && t('contacts.conflicts', { count: conflicts })}
      </p>
    </>
  )
}

type FieldRowProps = {
  field: string
  label: string
  values: [string | null, string | null]
  right: boolean
  onChoose: (right: boolean) => void
}

function FieldRow({ field, label, values, right, onChoose }: FieldRowProps) {
  const { t } = useTranslation('merging')
  const conflict = isConflict(...values)
  return (
    <>
      <div className="h" dir="auto">
        {label}
      </div>
      {values.map((value, i) => {
        const shown = <span className={value === null ? 'none' : 'tr'}>{value ?? t('empty')}</span>
        const side = i === 1 ? 'right' : 'left'
        if (!conflict) {
          return (
            <div className={clsx(value !== null && 'w')} dir="auto" key={side}>
              {shown}
            </div>
          )
        }
        return (
          <Side
            key={side}
            name={field}
            label={`${label}: ${value}`}
            chosen={right === (i === 1)}
            onChoose={() => onChoose(i === 1)}
          >
            {shown}
          </Side>
        )
      })}
    </>
  )
}

type SideProps = { name: string; label: string; chosen: boolean; onChoose: () => void; children: ReactNode }

function Side({ name, label, chosen, onChoose, children }: SideProps) {
  return (
    <label className={clsx(chosen && 'w')}>
      <input type="radio" className="radio" name={name} checked={chosen} aria-label={label} onChange={onChoose} />
      {children}
    </label>
  )
}
