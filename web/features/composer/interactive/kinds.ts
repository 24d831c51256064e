import {
  BookOpen,
  ClipboardList,
  ContactRound,
  ExternalLink,
  GalleryHorizontal,
  House,
  ListChecks,
  type LucideIcon,
  MapPin,
  Package,
  Receipt,
  Reply,
  ShoppingBag,
  Store,
} from 'lucide-react'
import type { MessageKey } from '../../../app/language.ts'
import type { InteractiveKind } from './draft.ts'

export const KIND_WORDS: Record<InteractiveKind, MessageKey> = {
  button: 'build.kind.button',
  list: 'build.kind.list',
  cta_url: 'build.kind.cta_url',
  location_request_message: 'build.kind.location',
  request_contact_info: 'build.kind.contact',
  address_message: 'build.kind.address',
  product: 'build.kind.product',
  product_list: 'build.kind.product_list',
  catalog_message: 'build.kind.catalog',
  carousel: 'build.kind.carousel',
  flow: 'build.kind.flow',
  order_details: 'build.kind.order_details',
  order_status: 'build.kind.order_status',
}

export const KIND_ICONS: Record<InteractiveKind, LucideIcon> = {
  button: Reply,
  list: ListChecks,
  cta_url: ExternalLink,
  location_request_message: MapPin,
  request_contact_info: ContactRound,
  address_message: House,
  product: ShoppingBag,
  product_list: Store,
  catalog_message: BookOpen,
  carousel: GalleryHorizontal,
  flow: ClipboardList,
  order_details: Receipt,
  order_status: Package,
}
