import { ExternalLink, MapPin } from 'lucide-react'
import type { ReactNode } from 'react'
import type { LocationContent as Location } from '../../../../contract/message-content.ts'
import { useT } from '../../../app/language.ts'

/** A place: its name, address and position, and a link to a map. No map is loaded unasked: nobody learns who reads it. */
export function LocationContent({ content }: { readonly content: Location }): ReactNode {
  const t = useT()
  const { latitude, longitude } = content
  const href = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`
  return (
    <div className="flex min-w-56 gap-3">
      <span className="grid size-10 flex-none place-items-center rounded-md bg-phone-soft text-phone">
        <MapPin aria-hidden="true" className="size-5" />
      </span>
      <div className="min-w-0">
        <p dir="auto" className="font-medium">
          {content.name ?? t('type.location')}
        </p>
        {content.address !== undefined && (
          <p dir="auto" className="text-sm text-ink-2">
            {content.address}
          </p>
        )}
        <a
          href={href}
          target="_blank"
          rel="noopener noreferrer nofollow"
          className="mt-0.5 inline-flex items-center gap-1 text-sm text-read underline underline-offset-2 phone:min-h-11"
        >
          <span className="num">{`${latitude.toFixed(5)}, ${longitude.toFixed(5)}`}</span>
          <ExternalLink aria-hidden="true" className="size-3.5" />
          <span className="sr-only">{t('media.map')}</span>
        </a>
      </div>
    </div>
  )
}
