import { useLocation } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { Drawer } from '../ui/overlay.tsx'
import { useT } from './language.ts'
import { hideOverlay } from './overlays.ts'
import { Rail } from './rail.tsx'

/** The rail on a narrow screen; goes when something was chosen in it. */
export default function RailDrawer(): ReactNode {
  const t = useT()
  const place = useLocation({ select: (location) => location.href })
  const opened = useRef(place)
  useEffect(() => {
    if (place !== opened.current) hideOverlay()
  }, [place])
  return (
    <Drawer title={t('rail.label')} onClose={hideOverlay}>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Rail />
      </div>
    </Drawer>
  )
}
