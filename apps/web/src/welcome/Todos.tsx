/** The list of what to do next; each line knows from the server whether it is done. */
import type { Channel } from '@earshot/contracts'
import { Link } from '@tanstack/react-router'
import CircleCheck from 'lucide-react/icons/circle-check'
import CircleDashed from 'lucide-react/icons/circle-dashed'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../app/session.ts'
import { buttonClass } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { useProgress } from './use-progress.ts'

export function Todos({ channels }: { channels: readonly Channel[] }) {
  const { t } = useTranslation('welcome')
  const { workspace } = useSession()
  const progress = useProgress(channels)
  const chat = channels.find((channel) => channel.chatUrl !== null && channel.archivedAt === null)
  return (
    <ul className="lbox">
      <Todo done title={t('workspace')} text={workspace.name} />
      <Todo
        done={progress.talked}
        title={t('hello')}
        text={t('helloText')}
        action={
          chat?.chatUrl && (
            <a
              className={buttonClass({ variant: progress.talked ? 'default' : 'primary' })}
              href={chat.chatUrl}
              target="_blank"
              rel="noopener"
            >
              {t('helloVerb')}
            </a>
          )
        }
      />
      <Todo
        done={progress.wrote}
        title={t('knowledge')}
        text={t('knowledgeText')}
        action={
          <Link className={buttonClass()} to="/knowledge">
            {t('knowledgeVerb')}
          </Link>
        }
      />
      <Todo
        done={progress.hasModel}
        title={t('model')}
        text={t('modelText')}
        action={
          <Link className={buttonClass()} to="/agents">
            {t('modelVerb')}
          </Link>
        }
      />
      <Todo
        done={progress.widgetSeen}
        title={t('widget')}
        text={t('widgetText')}
        action={
          <Link className={buttonClass()} to="/settings/channels">
            {t('widgetVerb')}
          </Link>
        }
      />
    </ul>
  )
}

function Todo({ done, title, text, action }: { done: boolean; title: ReactNode; text: ReactNode; action?: ReactNode }) {
  const { t } = useTranslation('welcome')
  return (
    <li className="todo">
      <span className={done ? 'ok' : 't3'}>
        <Icon of={done ? CircleCheck : CircleDashed} size="l" />
        <span className="sr">{done ? t('done') : t('open')}</span>
      </span>
      <div>
        <div className={done ? 'strong t3' : 'strong'}>{title}</div>
        <div className="small t3">{text}</div>
      </div>
      <div>{action}</div>
    </li>
  )
}
