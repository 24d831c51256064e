import { useEffect } from 'react'
import { useUnreadConversations } from '../features/conversations/unread.ts'
import { useT } from './language.ts'

/** The tab's title: the product, and how many conversations wait. */
export function useDocumentTitle(): void {
  const t = useT()
  const unread = useUnreadConversations()
  useEffect(() => {
    document.title = unread > 0 ? t('title.unread', { count: unread }) : t('title.plain')
  }, [unread, t])
}
