export interface City {
  readonly country: 'SA' | 'AE' | 'EG' | 'KW' | 'GB' | 'PT' | 'IN'
  readonly ar: string
  readonly en: string
  readonly latitude: number
  readonly longitude: number
  readonly districts: readonly { readonly ar: string; readonly en: string }[]
}

/** The shop itself. */
export const SHOP_PLACE = {
  latitude: 24.69542,
  longitude: 46.68357,
  ar: { name: 'ورد الطائف', address: 'حي العليا، شارع الأمير محمد بن عبدالعزيز، الرياض' },
  en: { name: 'Taif Rose', address: 'Prince Mohammed bin Abdulaziz Street, Al Olaya, Riyadh' },
} as const

export const cities: readonly City[] = [
  city('SA', 'الرياض', 'Riyadh', 24.7136, 46.6753, [
    ['النرجس', 'An Narjis'],
    ['الياسمين', 'Al Yasmin'],
    ['الملقا', 'Al Malqa'],
    ['العليا', 'Al Olaya'],
    ['قرطبة', 'Qurtubah'],
    ['الروضة', 'Ar Rawdah'],
    ['حطين', 'Hittin'],
  ]),
  city('SA', 'جدة', 'Jeddah', 21.5433, 39.1728, [
    ['الشاطئ', 'Ash Shati'],
    ['الروضة', 'Ar Rawdah'],
    ['أبحر الشمالية', 'North Obhur'],
    ['السلامة', 'As Salamah'],
  ]),
  city('SA', 'الدمام', 'Dammam', 26.4207, 50.0888, [
    ['الشاطئ الغربي', 'West Shati'],
    ['الفيصلية', 'Al Faisaliyah'],
    ['أحد', 'Uhud'],
  ]),
  city('SA', 'الخبر', 'Khobar', 26.2172, 50.1971, [
    ['الراكة', 'Ar Rakah'],
    ['العقربية', 'Al Aqrabiyah'],
    ['الحزام الذهبي', 'Golden Belt'],
  ]),
  city('SA', 'مكة المكرمة', 'Makkah', 21.3891, 39.8579, [
    ['العوالي', 'Al Awali'],
    ['الشوقية', 'Ash Shawqiyah'],
  ]),
  city('SA', 'المدينة المنورة', 'Madinah', 24.5247, 39.5692, [
    ['العزيزية', 'Al Aziziyah'],
    ['قباء', 'Quba'],
  ]),
  city('SA', 'الطائف', 'Taif', 21.2703, 40.4158, [
    ['الهدا', 'Al Hada'],
    ['الشفا', 'Ash Shafa'],
  ]),
  city('SA', 'بريدة', 'Buraydah', 26.3592, 43.9818, [
    ['الصفراء', 'As Safra'],
    ['الإسكان', 'Al Iskan'],
  ]),
  city('SA', 'أبها', 'Abha', 18.2465, 42.5117, [
    ['المنسك', 'Al Mansak'],
    ['الموظفين', 'Al Muwadhafin'],
  ]),
  city('AE', 'دبي', 'Dubai', 25.2048, 55.2708, [
    ['البرشاء', 'Al Barsha'],
    ['جميرا', 'Jumeirah'],
  ]),
  city('AE', 'أبوظبي', 'Abu Dhabi', 24.4539, 54.3773, [
    ['الخالدية', 'Al Khalidiyah'],
    ['البطين', 'Al Bateen'],
  ]),
  city('KW', 'الكويت', 'Kuwait City', 29.3759, 47.9774, [
    ['السالمية', 'Salmiya'],
    ['الجابرية', 'Jabriya'],
  ]),
  city('EG', 'القاهرة', 'Cairo', 30.0444, 31.2357, [
    ['مدينة نصر', 'Nasr City'],
    ['المعادي', 'Maadi'],
  ]),
  city('EG', 'الإسكندرية', 'Alexandria', 31.2001, 29.9187, [
    ['سموحة', 'Smouha'],
    ['ستانلي', 'Stanley'],
  ]),
  city('GB', 'لندن', 'London', 51.5072, -0.1276, [
    ['إيلنغ', 'Ealing'],
    ['كامدن', 'Camden'],
  ]),
  city('GB', 'مانشستر', 'Manchester', 53.4808, -2.2426, [
    ['ديدزبري', 'Didsbury'],
    ['سالفورد', 'Salford'],
  ]),
  city('PT', 'لشبونة', 'Lisbon', 38.7223, -9.1393, [
    ['ألفاما', 'Alfama'],
    ['بيليم', 'Belém'],
  ]),
  city('PT', 'بورتو', 'Porto', 41.1579, -8.6291, [
    ['سيدوفيتا', 'Cedofeita'],
    ['فوز', 'Foz'],
  ]),
  city('IN', 'مومباي', 'Mumbai', 19.076, 72.8777, [
    ['باندرا', 'Bandra'],
    ['أندهري', 'Andheri'],
  ]),
  city('IN', 'كوتشي', 'Kochi', 9.9312, 76.2673, [
    ['إيرناكولام', 'Ernakulam'],
    ['كاكاناد', 'Kakkanad'],
  ]),
]

function city(
  country: City['country'],
  ar: string,
  en: string,
  latitude: number,
  longitude: number,
  districts: readonly (readonly [string, string])[],
): City {
  return {
    country,
    ar,
    en,
    latitude,
    longitude,
    districts: districts.map(([arabic, english]) => ({ ar: arabic, en: english })),
  }
}
