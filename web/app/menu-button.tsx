import { Menu } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '../ui/button.tsx'
import { useT } from './language.ts'
import { showOverlay } from './overlays.ts'

/** Opens the rail where a narrow screen has no room for it. */
export function MenuButton(): ReactNode {
  const t = useT()
  return (
    <IconButton label={t('rail.open')} className="wide:hidden" onClick={() => showOverlay('rail')}>
      <Menu aria-hidden="true" className="size-5" />
    </IconButton>
  )
}
