import type { ViewWords } from '../../../src/views/dashboard/dashboardView';

/** Words that say which one was asked for, and of what; a test puts in those that it looks at. */
export const VIEW_WORDS: ViewWords = {
  charts: {
    title: (meter) => meter,
    meter: (meter) => `the ${meter}`,
    subject: ({ subject }, _account, id) => `${subject} ${id}`,
    others: 'Others',
    shape: ({ vcpu }) => `${vcpu} vCPU`,
    unknownShape: 'unknown shape',
    previous: () => 'before',
    allowance: (gib) => `${gib} GiB`,
    noUsage: 'none',
    notRead: 'not read',
    metered: (subject) => `metered ${subject}`,
    money: (meter) => (meter.includes('.') ? [`money ${meter}`] : []),
    daysOnly: 'days only',
    longBuckets: 'long buckets',
    shapeAtTheTime: 'shape then',
    elsewhere: (meters) => `elsewhere ${meters.join(' ')}`,
    madeOfDays: 'made of days',
    daysCheck: ({ days, month }, meter) => `${meter}: ${days} against ${month}`,
    daysMissing: (count) => `${count} missing`,
    nothingBefore: (day) => `nothing before ${day}`,
  },
  duty: {
    title: 'Duty',
    allMachines: 'All',
    noUsage: 'none',
    notRead: 'not read',
    tooLong: 'too long',
    daysMissing: (count) => `${count} missing`,
    metered: 'metered',
  },
  figures: () => [],
  notices: () => [],
  missing: (days, failure) => ({ severity: 'error', text: `${days} ${failure.kind}` }),
};
