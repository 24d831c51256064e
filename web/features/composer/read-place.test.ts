import { expect, test } from 'vitest'
import { readPlace } from './read-place.ts'

const RIYADH = { latitude: 24.7136, longitude: 46.6753 }

test.each([
  ['24.7136, 46.6753', RIYADH],
  [' 24.7136 46.6753 ', RIYADH],
  ['24.7136، 46.6753', RIYADH],
  ['https://www.google.com/maps/place/Riyadh/@24.7136,46.6753,12z', RIYADH],
  ['https://maps.google.com/?q=24.7136,46.6753', RIYADH],
  ['https://maps.apple.com/?ll=24.7136%2C46.6753&z=3', RIYADH],
  ['-33.9, 18.4', { latitude: -33.9, longitude: 18.4 }],
  ['91, 0', null],
  ['0, 181', null],
  ['Riyadh', null],
  ['', null],
])('%s', (text, place) => {
  expect(readPlace(text)).toEqual(place)
})
