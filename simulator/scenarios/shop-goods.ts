import type { Random } from '../seeded-random.ts'
import { pick } from '../seeded-random.ts'

/** What the shop sells. Prices in riyals, value added tax included. */
export interface Product {
  readonly id: string
  readonly kind: 'perfume' | 'oud' | 'incense' | 'rose' | 'gift'
  readonly ar: string
  /** Grammatical gender of the Arabic name, for the words that agree with it. */
  readonly arGender: 'm' | 'f'
  readonly en: string
  readonly sizes: readonly Size[]
}
export interface Size {
  readonly ar: string
  readonly en: string
  readonly price: number
}

export const CATALOG_ID = '734920183650271'

export const products: readonly Product[] = [
  perfume('TR-101', 'عطر ورد الطائف الملكي', 'Taif Rose Royal', 260, 420),
  perfume('TR-102', 'عطر ليالي نجد', 'Layali Najd', 230, 380),
  perfume('TR-103', 'عطر عنبر الحجاز', 'Hijaz Amber', 240, 395),
  perfume('TR-104', 'عطر مسك الرمان', 'Pomegranate Musk', 190, 310),
  perfume('TR-105', 'عطر زهر البرتقال', 'Orange Blossom', 185, 295),
  perfume('TR-106', 'عطر جوري الصباح', 'Morning Damask', 210, 345),
  perfume('TR-107', 'عطر خشب الصندل', 'Sandalwood Reserve', 250, 410),
  perfume('TR-108', 'عطر الياسمين الأبيض', 'White Jasmine', 175, 285),
  oud('TR-201', 'دهن العود الكمبودي', 'Cambodian oud oil', 380, 720),
  oud('TR-202', 'دهن العود الهندي المعتق', 'aged Indian oud oil', 460, 880),
  oud('TR-203', 'دهن الورد الطائفي', 'Taif rose oil', 650, 1250),
  oud('TR-204', 'مسك الطهارة', 'white musk oil', 60, 110),
  weighed('TR-301', 'معمول الدوسري', 'm', 'Dosari maamoul incense', 90, 165),
  weighed('TR-302', 'بخور العروس', 'm', 'bridal bakhoor', 120, 220),
  weighed('TR-303', 'عود مروكي', 'm', 'Maroki oud chips', 210, 400),
  weighed('TR-304', 'مبثوث الورد', 'm', 'rose mabthooth', 75, 140),
  bottled('TR-401', 'ماء الورد الطائفي', 'Taif rose water', 55, 95),
  bottled('TR-402', 'معطر المفارش', 'linen mist', 45, 80),
  given('TR-501', 'طقم هدية ليالي', 'm', 'Layali gift set', 340, 560),
  given('TR-502', 'علبة ضيافة الورد', 'f', 'rose hospitality box', 280, 450),
  given('TR-503', 'مبخرة السيراميك', 'f', 'ceramic incense burner', 130, 210),
  given('TR-504', 'شمعة الورد والعنبر', 'f', 'rose and amber candle', 85, 150),
]

/** A product of one of these kinds (of any when none is named). */
export function anyProduct(random: Random, kinds: readonly Product['kind'][] = []): Product {
  return pick(random, kinds.length === 0 ? products : products.filter((product) => kinds.includes(product.kind)))
}

function perfume(id: string, ar: string, en: string, small: number, large: number): Product {
  const sizes = [
    { ar: '50 مل', en: '50 ml', price: small },
    { ar: '100 مل', en: '100 ml', price: large },
  ]
  return { id, kind: 'perfume', ar, arGender: 'm', en, sizes }
}

function oud(id: string, ar: string, en: string, small: number, large: number): Product {
  const sizes = [
    { ar: 'ربع تولة', en: 'quarter tola', price: small },
    { ar: 'نصف تولة', en: 'half tola', price: large },
  ]
  return { id, kind: 'oud', ar, arGender: 'm', en, sizes }
}

function weighed(id: string, ar: string, arGender: 'm' | 'f', en: string, small: number, large: number): Product {
  const sizes = [
    { ar: '100 جرام', en: '100 g', price: small },
    { ar: '250 جرام', en: '250 g', price: large },
  ]
  return { id, kind: 'incense', ar, arGender, en, sizes }
}

function bottled(id: string, ar: string, en: string, small: number, large: number): Product {
  const sizes = [
    { ar: '250 مل', en: '250 ml', price: small },
    { ar: '500 مل', en: '500 ml', price: large },
  ]
  return { id, kind: 'rose', ar, arGender: 'm', en, sizes }
}

function given(id: string, ar: string, arGender: 'm' | 'f', en: string, small: number, large: number): Product {
  const sizes = [
    { ar: 'المقاس الصغير', en: 'small', price: small },
    { ar: 'المقاس الكبير', en: 'large', price: large },
  ]
  return { id, kind: 'gift', ar, arGender, en, sizes }
}
