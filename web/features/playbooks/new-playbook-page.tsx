import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useT } from '../../app/language.ts'
import { PlaybookEditor } from './playbook-editor.tsx'
import { PlaybookFrame } from './playbook-frame.tsx'

/** A new page of the firm's own. */
export function NewPlaybookPage(): ReactNode {
  const t = useT()
  const navigate = useNavigate()
  return (
    <PlaybookFrame title={t('playbooks.write')}>
      <PlaybookEditor
        onDone={(written) =>
          void (written === null
            ? navigate({ to: '/playbooks' })
            : navigate({ to: '/playbooks/own/$playbookId', params: { playbookId: written.id } }))
        }
      />
    </PlaybookFrame>
  )
}
