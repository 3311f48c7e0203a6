// Prints, as JSON, the names that each time zone given on the input has had last: in winter and in summer time.
import { readFileSync } from 'node:fs'

const MONTHS = (2038 - 1970) * 12

function names(zone) {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'long' })
  const found = ['', '']
  for (let month = 0; month < MONTHS; month += 1) {
    const parts = format.formatToParts(Date.UTC(1970, month, 15))
    const name = parts.find((part) => part.type === 'timeZoneName').value
    found[/Daylight|Summer/.test(name) ? 1 : 0] = name
  }
  return found
}

const supported = (zone) => {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone }) !== null
  } catch {
    return false
  }
}

const zones = JSON.parse(readFileSync(0, 'utf8')).filter(supported)
console.log(JSON.stringify(Object.fromEntries(zones.map((zone) => [zone, names(zone)]))))
