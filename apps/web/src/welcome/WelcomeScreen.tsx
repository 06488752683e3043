/** First steps: the widget's snippet, a chat that works at once, and what is still to do, from the real state. */
import './texts.ts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import Phone from 'lucide-react/icons/phone'
import Terminal from 'lucide-react/icons/terminal'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../app/Loaded.tsx'
import { agentsQuery, channelsQuery } from '../app/queries.ts'
import { useTitle } from '../app/title.ts'
import { Contour, contourOf } from '../ui/Contour.tsx'
import { CopyButton } from '../ui/Copy.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Todos } from './Todos.tsx'

const QUIET = contourOf('quiet', { length: 52, level: 0.16 })
const IMPORT = 'bin/earshot import FILE'

export function WelcomeScreen() {
  const { t } = useTranslation('welcome')
  const channels = useQuery(channelsQuery)
  useTitle(t('title'))
  return (
    <>
      <div className="bar">
        <h1 className="title grow">{t('title')}</h1>
      </div>
      <div className="scroll grow">
        <div className="welcome">
          <div className="welcome-head">
            <div className="quiet">
              <Contour turns={QUIET} width={300} height={44} gap={2.6} dim={0} />
            </div>
            <h2 className="head">{t('head')}</h2>
            <Lead />
          </div>
          <Loaded query={channels}>
            {(items) => {
              const widget = items.find((channel) => channel.snippet !== null && channel.archivedAt === null)
              return (
                <>
                  {widget?.snippet && <SnippetBox text={widget.snippet} />}
                  <Todos channels={items} />
                </>
              )
            }}
          </Loaded>
          <div className="row wrap welcome-foot t2">
            <Icon of={Phone} size="s" />
            <span>{t('call')}</span>
            <Link className="link" to="/calls/setup">
              {t('callVerb')}
            </Link>
          </div>
          <div className="row wrap welcome-foot t2">
            <Icon of={Terminal} size="s" />
            <span>{t('import')}</span>
            <span className="mono" dir="ltr">
              {IMPORT}
            </span>
            <CopyButton text={IMPORT} />
          </div>
        </div>
      </div>
    </>
  )
}

function Lead() {
  const { t } = useTranslation('welcome')
  const { data: agents } = useQuery(agentsQuery)
  const agent = agents?.find((one) => one.archivedAt === null)
  return <p className="t2">{agent ? t('text', { agent: agent.name }) : t('textNoAgent')}</p>
}

function SnippetBox({ text }: { text: string }) {
  const { t } = useTranslation('welcome')
  return (
    <div className="field">
      <span className="lab">{t('paste')}</span>
      <div className="snippet">
        <pre className="json" dir="ltr">
          {text}
        </pre>
        <CopyButton text={text} />
      </div>
    </div>
  )
}
